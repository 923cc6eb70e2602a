package dev.provhub.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the URL of a rule leads: without a scheme it is TFTP, without a host the server of DHCP option 66; a path there must
 * be.
 *
 * @param url null when it leads nowhere
 * @param why a sentence for people
 */
record FetchTarget(@Nullable String url, String why) {
    private static final Pattern SHAPE = Pattern.compile(
            "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<host>[A-Za-z0-9._-]+(?::[0-9]{1,5})?)?(?<path>/.*)?");

    static FetchTarget of(String expanded, boolean hostFromDhcp, @Nullable String server) {
        Matcher parts = SHAPE.matcher(expanded);
        if (!parts.matches() || expanded.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return nowhere("'" + expanded + "' is no URL: [scheme://][host[:port]]/path without blanks");
        }
        String scheme = parts.group("scheme") == null ? "tftp" : parts.group("scheme");
        if (!scheme.matches("tftp|https?")) {
            return nowhere("'" + scheme + "' is none of tftp, http and https");
        }
        String path = parts.group("path");
        if (path == null) {
            return nowhere("'" + expanded + "' has no path, which there must be");
        }
        String host = parts.group("host");
        if (host == null) {
            if (!hostFromDhcp) {
                return nowhere("'" + expanded + "' names no host, as an upgrade must");
            }
            if (server == null) {
                return nowhere("'" + expanded + "' names no host, and no server of DHCP option 66 was given");
            }
            host = server;
        }
        String url = scheme + "://" + host + path;
        return new FetchTarget(
                url,
                "fetches " + url
                        + (scheme.equals("tftp") && path.indexOf('?') >= 0
                                ? ", where the '?' is part of the file name"
                                : ""));
    }

    private static FetchTarget nowhere(String why) {
        return new FetchTarget(null, why + ": nothing is fetched");
    }
}
