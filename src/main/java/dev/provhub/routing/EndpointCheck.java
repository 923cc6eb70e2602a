package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a file says to Camel, without making any of it: components and their options, placeholders, Simple. What it finds
 * has its place in the file, which what Camel says when it makes a route has not.
 */
final class EndpointCheck {
    private static final Pattern MISSING = Pattern.compile("Property with key \\[(.*?)] not found");
    private static final Pattern TIME = Pattern.compile("(?i)-?[0-9]+|([0-9]+(d|h|m|s|ms))+|P[0-9DTHMS.]+");
    private static final Set<String> FOR_PEOPLE = Set.of("description", "note");

    private final CamelNames names;
    private final RouteFile file;
    /** What a kamelet or a template brings itself. */
    private final Set<String> own = new TreeSet<>();

    private final SimpleCheck simple;
    private final List<RouteProblem> problems = new ArrayList<>();

    private EndpointCheck(CamelNames names, RouteFile file) {
        this.names = names;
        this.file = file;
        this.simple = new SimpleCheck(names, this::problem);
    }

    static List<RouteProblem> check(CamelNames names, RouteFile file, YamlNode root) {
        EndpointCheck check = new EndpointCheck(names, file);
        if (file.isKamelet()) {
            root.find("spec").filter(YamlNode::isMap).ifPresent(check::kamelet);
        } else {
            check.walk("", "", root);
        }
        return check.problems;
    }

    private void kamelet(YamlNode spec) {
        spec.find("definition")
                .filter(YamlNode::isMap)
                .flatMap(definition -> definition.find("properties"))
                .filter(YamlNode::isMap)
                .ifPresent(properties -> own.addAll(properties.entries().keySet()));
        spec.find("template").filter(YamlNode::isMap).ifPresent(template -> walk("", "", template));
    }

    private void walk(String parent, String key, YamlNode node) {
        if (node.isList()) {
            node.items().forEach(item -> walk(parent, key, item));
        } else if (node.isMap()) {
            map(key, node);
        } else if (!FOR_PEOPLE.contains(key)) {
            scalar(parent, key, node);
        }
    }

    private void map(String key, YamlNode node) {
        Set<String> before = Set.copyOf(own);
        if (key.equals("routeTemplate")) {
            node.find("parameters").filter(YamlNode::isList).ifPresent(list -> list.items().stream()
                    .filter(YamlNode::isMap)
                    .forEach(one -> own.add(one.textOrEmpty("name"))));
            // Beans of a template have names that are made for each route
            node.find("beans").filter(YamlNode::isList).ifPresent(list -> list.items().stream()
                    .filter(YamlNode::isMap)
                    .forEach(one -> own.add(one.textOrEmpty("name"))));
        }
        String uri = node.textOrEmpty("uri");
        if (!uri.isEmpty() && !key.equals("parameters")) {
            endpoint(node, uri);
        }
        node.entries().forEach((name, value) -> walk(key, name, value));
        own.retainAll(before);
    }

    private void scalar(String parent, String key, YamlNode node) {
        String text = node.text();
        if (text.contains("{{")) {
            placeholders(node, text);
        }
        if ((parent.equals("simple") && key.equals("expression")) || (parent.equals("log") && key.equals("message"))) {
            simple.check(node);
        } else if (parent.equals("parameters") && text.contains("${")) {
            simple.functions(node);
        }
    }

    private void placeholders(YamlNode node, String text) {
        String rest = text;
        for (String name : own) {
            rest = rest.replaceAll("\\{\\{\\??" + Pattern.quote(name) + "(:[^}]*)?}}", "x");
        }
        try {
            names.resolved(rest);
        } catch (RuntimeException e) {
            // What a placeholder names beside settings, such as a bean, is looked up when the route is loaded
            Matcher missing = MISSING.matcher(String.valueOf(e.getMessage()));
            if (missing.find()) {
                Set<String> known = names.placeholders();
                known.addAll(own);
                problem(
                        node,
                        "nothing is set for the placeholder {{" + missing.group(1) + "}}",
                        Nearest.of(missing.group(1), known));
            }
        }
    }

    private void endpoint(YamlNode node, String uri) {
        String component = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (!component.matches("[a-z][a-z0-9+.-]*")) {
            return;
        }
        if (!names.hasComponent(component)) {
            problem(
                    node.find("uri").orElse(node),
                    "there is no component '" + component + "'",
                    Nearest.of(component, names.components()));
            return;
        }
        YamlNode parameters = node.find("parameters").filter(YamlNode::isMap).orElse(null);
        if (parameters == null || uri.contains(":") || !names.hasOptions(component)) {
            return;
        }
        Map<String, String> values = new HashMap<>();
        parameters.entries().forEach((name, value) -> {
            if (value.isScalar()) {
                values.put(name, sample(value.text()));
            }
        });
        judged(component, parameters, names.judge(component, values));
    }

    /** Camel's catalog does not know what Camel takes for a number: {@code 1h30m}, {@code PT5S} and {@code RAW(5)}. */
    private static boolean isTakenAnyway(String value) {
        return TIME.matcher(value.replaceAll("^RAW[({](.*)[)}]$", "$1")).matches();
    }

    /** What a kamelet brings itself may be anything. */
    private String sample(String text) {
        return own.stream().anyMatch(name -> text.contains("{{" + name) || text.contains("{{?" + name))
                ? "{{placeholder}}"
                : text;
    }

    private void judged(String component, YamlNode parameters, EndpointValidationResult result) {
        if (result.getUnknown() != null && !names.takesAnything(component)) {
            result.getUnknown()
                    .forEach(name -> problem(
                            parameters.key(name).orElse(parameters),
                            "component '" + component + "' has no option '" + name + "'",
                            Nearest.of(name, names.options(component))));
        }
        wrong(parameters, result.getInvalidDuration(), "a duration, such as 5000 (milliseconds) or 5s");
        wrong(parameters, result.getInvalidInteger(), "a whole number");
        wrong(parameters, result.getInvalidNumber(), "a number");
        wrong(parameters, result.getInvalidBoolean(), "true or false");
        if (result.getInvalidEnum() != null) {
            result.getInvalidEnum().forEach((name, value) -> {
                List<String> choices = result.getEnumChoices(name);
                at(
                        parameters,
                        name,
                        "'" + value + "' is none of "
                                + (choices == null ? "what is allowed" : String.join(", ", choices)),
                        choices == null ? "" : Nearest.of(value, choices));
            });
        }
    }

    private void wrong(YamlNode parameters, @Nullable Map<String, String> values, String expected) {
        if (values != null) {
            values.entrySet().removeIf(one -> isTakenAnyway(one.getValue()));
            values.forEach((name, value) ->
                    at(parameters, name, "'" + name + "' is '" + value + "', which is not " + expected, ""));
        }
    }

    private void at(YamlNode parameters, String name, String message, String suggestion) {
        problem(parameters.find(name).orElse(parameters), message, suggestion);
    }

    private void problem(YamlNode place, String message, String suggestion) {
        problems.add(RouteProblem.at(file.file(), place, message, suggestion));
    }
}
