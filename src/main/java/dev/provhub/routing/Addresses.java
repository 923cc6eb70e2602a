package dev.provhub.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which routes listen where; finds two that cannot listen both. */
final class Addresses {
    private static final Pattern PLACE =
            Pattern.compile("(?<scheme>jetty|undertow|netty|netty-http|mina|tftp|syslog):(?://)?(?:(?<inner>\\w+)://?)?"
                    + "(?<host>\\[[^]]*]|[^:/?]*):(?<port>\\d+)(?<path>/[^?]*)?.*");
    private static final Pattern PATH = Pattern.compile("(?<scheme>rest|platform-http):(?://)?(?<path>[^?]*).*");

    private final List<Taken> taken = new ArrayList<>();

    /** @param port 0 for a path of the administration interface, or for any free port */
    private record Taken(String route, boolean datagrams, String host, int port, String path) {
        boolean excludes(Taken other) {
            if (port == 0 || other.port == 0) {
                return port == other.port && !path.isEmpty() && path.equals(other.path) && host.equals(other.host);
            }
            if (datagrams != other.datagrams || port != other.port) {
                return false;
            }
            boolean bothHaveAPath = !path.isEmpty() && !other.path.isEmpty() && host.equals(other.host);
            boolean sameHost = host.equals(other.host) || isEverything(host) || isEverything(other.host);
            return sameHost && (!bothHaveAPath || path.equals(other.path));
        }

        private static boolean isEverything(String host) {
            return host.equals("0.0.0.0") || host.equals("[::]") || host.isEmpty();
        }
    }

    /** Notes where a route listens; the id of a route that listens there already, empty for none. */
    String take(String route, String uri) {
        Taken next = read(route, uri);
        if (next == null) {
            return "";
        }
        String other = taken.stream()
                .filter(next::excludes)
                .map(Taken::route)
                .findFirst()
                .orElse("");
        taken.add(next);
        return other;
    }

    private static @org.jspecify.annotations.Nullable Taken read(String route, String uri) {
        Matcher path = PATH.matcher(uri);
        if (path.matches()) {
            return new Taken(route, false, path.group("scheme"), 0, path.group("path"));
        }
        Matcher place = PLACE.matcher(uri);
        if (!place.matches()) {
            return null;
        }
        String scheme = place.group("scheme");
        boolean datagrams = scheme.equals("tftp") || "udp".equals(place.group("inner"));
        String below = scheme.equals("jetty") || scheme.equals("undertow") || scheme.equals("netty-http")
                ? (place.group("path") == null ? "/" : place.group("path"))
                : "";
        int port = place.group("port").length() > 5 ? 0 : Integer.parseInt(place.group("port"));
        return port == 0 ? null : new Taken(route, datagrams, place.group("host"), port, below);
    }
}
