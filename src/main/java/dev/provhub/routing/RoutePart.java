package dev.provhub.routing;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
 */
record RoutePart(
        RouteFile file,
        String kind,
        String key,
        int line,
        int lastLine,
        Map<String, Integer> routes,
        List<String> names) {
    RoutePart {
        routes = Map.copyOf(routes);
        names = List.copyOf(names);
    }

    /** Its own lines. */
    String text() {
        List<String> lines = file.text().lines().toList();
        return String.join("\n", lines.subList(line - 1, Math.min(lastLine, lines.size())));
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
        String own = text();
        return shared.names.stream().anyMatch(name -> names(own, name))
                || (shared.kind.equals("routeConfiguration")
                        && own.lines().anyMatch(text -> text.contains("routeConfigurationId") && text.contains("*")));
    }

    static boolean names(String text, String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(text)
                .find();
    }
}
