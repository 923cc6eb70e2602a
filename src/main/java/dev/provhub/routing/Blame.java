package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in the files of what Camel has thrown when it made or started a route.
 *
 * @param parts  every piece of the set
 * @param parsed what the files say
 */
record Blame(List<RoutePart> parts, ParsedFiles parsed) {
    /**
     * What is wrong, where.
     *
     * @param before the beginning of the message
     * @param first  the file that stands for the set when no place can be found
     */
    RouteProblem of(Throwable thrown, String before, Path first) {
        String message = before + Reasons.brief(thrown);
        RoutePart part = part(thrown).orElse(null);
        if (part == null) {
            return kamelet(thrown, message).orElseGet(() -> new RouteProblem(first, 0, message));
        }
        YamlNode place = place(thrown, part);
        int line = route(thrown, part);
        return place == null
                ? new RouteProblem(part.file().file(), line, message)
                : RouteProblem.at(part.file().file(), place, message, "");
    }

    /** What is wrong with one file that could not even be read as routes. */
    static RouteProblem alone(Throwable thrown, RouteFile file, YamlNode root) {
        String message = Reasons.brief(thrown);
        List<Keyed> all = new ArrayList<>();
        collect("", root, all);
        Optional<YamlNode> place = Optional.empty();
        for (@Nullable Throwable cause = thrown; cause != null && place.isEmpty(); cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException failed) {
                String name = String.valueOf(failed.getPropertyName());
                place = all.stream()
                        .flatMap(one -> one.node().key(name).stream())
                        .findFirst();
            }
        }
        String type = Reasons.typeIn(thrown);
        if (place.isEmpty() && !type.isEmpty()) {
            place = Optional.ofNullable(first(all, one -> one.is(type) || one.is("#class:" + type)));
        }
        return place.map(one -> RouteProblem.at(file.file(), one, message, ""))
                .orElseGet(() -> new RouteProblem(file.file(), Reasons.lineIn(thrown), message));
    }

    /** Where a route names the Kamelet that cannot be made of what it says: the property by its name or value, or else the name. */
    private Optional<RouteProblem> kamelet(Throwable thrown, String message) {
        for (RoutePart part : parts) {
            List<Keyed> all = new ArrayList<>();
            collect("", parsed.root(part.file()), all);
            for (Keyed one : all) {
                String name = one.node().isMap() ? Kamelets.named(one.node().textOrEmpty("uri")) : "";
                if (!name.isEmpty() && Reasons.names(thrown, name)) {
                    YamlNode place = property(thrown, one.node()).orElse(one.node());
                    return Optional.of(RouteProblem.at(part.file().file(), place, message, ""));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<YamlNode> property(Throwable thrown, YamlNode endpoint) {
        YamlNode parameters =
                endpoint.find("parameters").filter(YamlNode::isMap).orElse(null);
        for (@Nullable Throwable cause = thrown; cause != null && parameters != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException failed) {
                Optional<YamlNode> found = parameters
                        .find(String.valueOf(failed.getPropertyName()))
                        .or(() -> parameters.entries().values().stream()
                                .filter(value ->
                                        value.isScalar() && value.text().equals(failed.getValue()))
                                .findFirst());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String routeId(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException failed && failed.getRouteId() != null) {
                return failed.getRouteId();
            }
            if (cause instanceof FailedToStartRouteException failed && failed.getRouteId() != null) {
                return failed.getRouteId();
            }
        }
        return "";
    }

    private Optional<RoutePart> part(Throwable thrown) {
        String id = routeId(thrown);
        return parts.stream()
                .filter(part -> part.routes().containsKey(id))
                .findFirst()
                .or(() -> parts.stream()
                        .filter(part -> part.routes().keySet().stream().anyMatch(one -> Reasons.names(thrown, one)))
                        .findFirst());
    }

    private static int route(Throwable thrown, RoutePart part) {
        Integer line = part.routes().get(routeId(thrown));
        return line != null
                ? line
                : part.routes().entrySet().stream()
                        .filter(route -> Reasons.names(thrown, route.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(part.line());
    }

    private @Nullable YamlNode place(Throwable thrown, RoutePart part) {
        YamlNode entry = parsed.root(part.file()).items().stream()
                .filter(item -> item.line() >= part.line() && item.line() <= part.lastLine())
                .findFirst()
                .orElse(null);
        if (entry == null || entry.isScalar()) {
            return null;
        }
        List<Keyed> all = new ArrayList<>();
        collect("", entry, all);
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            @Nullable YamlNode found = null;
            if (cause instanceof NoSuchBeanException missing && missing.getName() != null) {
                String name = missing.getName();
                found = first(all, one -> one.is(name) || one.is("#" + name) || one.is("#bean:" + name));
            } else if (cause instanceof ResolveEndpointFailedException failed) {
                found = endpoint(all, String.valueOf(failed.getUri()));
            }
            if (found != null) {
                return found;
            }
        }
        return all.stream()
                .filter(one -> one.key().equals("id") && one.node().isScalar())
                .filter(one -> !part.routes().containsKey(one.node().text())
                        && Reasons.names(thrown, one.node().text()))
                .map(Keyed::node)
                .max(Comparator.comparingInt(id -> id.text().length()))
                .orElse(null);
    }

    /** A value and its key. */
    private record Keyed(String key, YamlNode node) {
        boolean is(String text) {
            return node.isScalar() && node.text().equals(text);
        }
    }

    private static void collect(String key, YamlNode node, List<Keyed> all) {
        all.add(new Keyed(key, node));
        if (node.isList()) {
            node.items().forEach(item -> collect(key, item, all));
        } else if (node.isMap()) {
            node.entries().forEach((name, value) -> collect(name, value, all));
        }
    }

    private static @Nullable YamlNode first(List<Keyed> all, Predicate<Keyed> wanted) {
        return all.stream().filter(wanted).map(Keyed::node).findFirst().orElse(null);
    }

    /** The endpoint of that component of which most is in the URI. */
    private static @Nullable YamlNode endpoint(List<Keyed> all, String uri) {
        String component = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        return all.stream()
                .map(Keyed::node)
                .filter(node -> node.isMap() && node.textOrEmpty("uri").matches("\\Q" + component + "\\E(:.*)?"))
                .max(Comparator.comparingLong(
                        node -> values(node).filter(uri::contains).count()))
                .flatMap(node -> node.find("uri"))
                .orElse(null);
    }

    private static Stream<String> values(YamlNode endpoint) {
        return endpoint.find("parameters").filter(YamlNode::isMap).stream()
                .flatMap(parameters -> parameters.entries().values().stream())
                .filter(YamlNode::isScalar)
                .map(YamlNode::text);
    }
}
