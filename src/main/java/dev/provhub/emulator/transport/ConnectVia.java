package dev.provhub.emulator.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends a phone's connections somewhere else than its URLs say, e.g. through a recording proxy, or to a port that needs no
 * privileges. URL, Host header and certificate check stay as they are.
 */
@FunctionalInterface
public interface ConnectVia {
    /** Where the URLs say. */
    ConnectVia DIRECT = (host, port) -> null;

    /**
     * Where to connect instead.
     *
     * @param host of the URL
     * @param port of the URL, or the scheme's default
     * @return null to connect where the URL says
     */
    @Nullable
    InetSocketAddress address(String host, int port);
}
