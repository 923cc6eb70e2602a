package dev.provhub.config;

/**
 * An address to listen on.
 *
 * @param host name or address; {@code 0.0.0.0} for all interfaces
 * @param port 0 to 65535; 0 only until a free port was picked
 */
public record Listener(String host, int port) {
    /** @throws IllegalArgumentException when the port is not one */
    public Listener {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not from 0 to 65535");
        }
    }

    /** The same address with another port. */
    public Listener withPort(int newPort) {
        return new Listener(host, newPort);
    }

    /** Whether it is all interfaces. */
    public boolean isWildcard() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
