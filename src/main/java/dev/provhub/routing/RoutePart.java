package dev.provhub.routing;

import java.util.List;
import java.util.Map;

/**
 * One entry of a route file, or a whole kamelet: the smallest piece that is loaded for itself.
 *
 * @param file     in which it stands
 * @param kind     the key of the entry, or {@code kamelet}
 * @param key      what it is called; the same for the same piece of an edited file
 * @param line     where it begins, from 1
 * @param lastLine where it ends
 * @param routes   the routes that it makes: id, and the line in which each begins
 * @param names    by which others refer to it
 * @param text     its own lines
 */
record RoutePart(
        RouteFile file,
        String kind,
        String key,
        int line,
        int lastLine,
        Map<String, Integer> routes,
        List<String> names,
        String text) {
    RoutePart {
        routes = Map.copyOf(routes);
        names = List.copyOf(names);
    }

    /** Whether routes come from it; other pieces are there for those that name them. */
    boolean makesRoutes() {
        return kind.equals("route") || kind.equals("rest") || kind.equals("templatedRoute");
    }

    /** Whether something is made of it that outlives an edit of others. */
    boolean makesBeans() {
        return kind.equals("beans") || kind.equals(RouteParts.GROOVY);
    }

    boolean isShared() {
        return !makesRoutes();
    }

    /** Whether it names a piece that others refer to. */
    boolean mentions(RoutePart shared) {
        if (shared.kind.equals("restConfiguration")) {
            return kind.equals("rest");
        }
        if (shared.kind.equals("routeConfiguration") && shared.names.isEmpty()) {
            return makesRoutes();
        }
        return shared.names.stream().anyMatch(name -> names(text, name))
                || (shared.kind.equals("routeConfiguration")
                        && text.lines().anyMatch(line -> line.contains("routeConfigurationId") && line.contains("*")));
    }

    /** Whether a text has a name that is not part of a longer one. */
    static boolean names(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (!isOfAName(text, at - 1) && !isOfAName(text, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfAName(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
