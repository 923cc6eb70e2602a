package dev.provhub.emulator;

import java.util.Optional;

/**
 * What DHCP option 66 or 160 said: a host, a scheme with a host, or a whole URL (protocol section 3.2). A bare host is asked
 * by TFTP.
 */
final class DhcpServer {

    private final PhoneUrl server;

    private DhcpServer(PhoneUrl server) {
        this.server = server;
    }

    /** @throws IllegalArgumentException if the value is neither a host nor a URL */
    static DhcpServer parse(String option) {
        try {
            return new DhcpServer(PhoneUrl.parse(option));
        } catch (FetchException e) {
            throw new IllegalArgumentException(
                    "DHCP option is neither a host nor a URL: " + option
                            + "; allowed is HOST or tftp|http|https://HOST[:PORT][/PATH]",
                    e);
        }
    }

    /** The URL, macros unexpanded, that stands instead of the factory rule; empty where the option names no file. */
    Optional<String> wholeUrl() {
        return server.path().length() > 1 ? Optional.of(server.toString()) : Optional.empty();
    }

    /** The same path at this server; a URL that names its server stays. */
    PhoneUrl resolve(String url) throws FetchException {
        if (url.startsWith("/")) {
            return server.withPath(url);
        }
        PhoneUrl named = PhoneUrl.parse(url);
        if (named.path().isEmpty()) {
            throw new FetchException("bad URL: no path");
        }
        return named;
    }
}
