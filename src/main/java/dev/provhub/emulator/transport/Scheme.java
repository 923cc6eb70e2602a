package dev.provhub.emulator.transport;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The transports of a rule (section 4.1); lower case only, because nothing else is documented. */
public enum Scheme {
    /** RFC 1350, octet. */
    TFTP(69),
    /** Plain. */
    HTTP(80),
    /** With the device's client certificate. */
    HTTPS(443);

    private final int defaultPort;

    Scheme(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** What a URL without a port means. */
    public int defaultPort() {
        return defaultPort;
    }

    /** As it is written in a URL. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The transport of a name in lower case; empty when there is none. */
    public static Optional<Scheme> spelled(String text) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.text().equals(text))
                .findFirst();
    }
}
