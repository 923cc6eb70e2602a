package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The hub's own conventions for route files, as {@code routes/README.md} states them. */
final class RouteConventions {
    private static final Set<String> TOP_LEVEL = Set.of(
            "route", "routeConfiguration", "rest", "restConfiguration", "beans", "routeTemplate", "templatedRoute");
    private static final Set<String> LANGUAGES = Set.of(
            "simple",
            "constant",
            "jsonpath",
            "xpath",
            "header",
            "exchangeProperty",
            "groovy",
            "method",
            "ref",
            "tokenize",
            "variable");
    /** Where a language's name stands for something else than the short form of an expression. */
    private static final Set<String> NOT_EXPRESSIONS =
            Set.of("bean", "custom", "expression", "parameters", "handled", "continued");

    private static final Pattern ANCHOR = Pattern.compile("^[^#\"']*(:|-)\\s+[&*][A-Za-z][\\w-]*\\s*(#.*)?$");

    private RouteConventions() {}

    /** @param unknown places of values whose names Camel does not know: what stands in them means nothing */
    static List<RouteProblem> check(RouteFile source, YamlNode root, Set<String> unknown) {
        Path file = source.file();
        List<RouteProblem> problems = new ArrayList<>();
        BiConsumer<YamlNode, String> problem =
                (node, message) -> problems.add(RouteProblem.at(file, node, message, ""));
        if (!RouteFiles.stem(file).matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            problem.accept(root, "the file's name must be <verb-noun>.camel.yaml in lower case");
        }
        if (root.isMap()) {
            problem.accept(root, "the file must be a list; write '- route:' around what it does");
            return problems;
        }
        List<String> lines = source.text().lines().toList();
        int before = 0;
        for (YamlNode item : root.items()) {
            int line = RouteParts.firstLine(lines, item);
            if (line <= before || line > lines.size() || !lines.get(line - 1).startsWith("-")) {
                problem.accept(
                        item, "each entry of the file must begin with '-' at the beginning of a line of its own");
            }
            before = line;
            if (!isUnknown(item, unknown)) {
                checkItem(file, item, problem);
            }
            new Forms(unknown, problem).check("", item);
        }
        checkAnchors(source, problems);
        return problems;
    }

    private static boolean isUnknown(YamlNode item, Set<String> unknown) {
        return item.isMap()
                && item.entries().values().stream().anyMatch(value -> unknown.contains(RouteSchema.place(value)));
    }

    /** An entry is loaded without the others, so none may stand on what another has named; and Kaoto writes anchors out. */
    private static void checkAnchors(RouteFile source, List<RouteProblem> problems) {
        int number = 0;
        for (String line : source.text().lines().toList()) {
            number++;
            if (ANCHOR.matcher(line).find()) {
                problems.add(
                        new RouteProblem(source.file(), number, "anchors and aliases are not taken; write it out"));
            }
        }
    }

    private static void checkVerbs(YamlNode rest, BiConsumer<YamlNode, String> problem) {
        for (YamlNode verb : RouteParts.verbs(rest)) {
            if (verb.isMap() && verb.find("id").isEmpty()) {
                problem.accept(verb, "each verb of a rest has an id");
            }
        }
    }

    private static void checkItem(Path file, YamlNode item, BiConsumer<YamlNode, String> problem) {
        if (!item.isMap() || item.entries().size() != 1) {
            problem.accept(
                    item,
                    "each entry of the file must be one of "
                            + TOP_LEVEL.stream().sorted().toList());
            return;
        }
        Map.Entry<String, YamlNode> entry = item.entries().entrySet().iterator().next();
        if (!TOP_LEVEL.contains(entry.getKey())) {
            problem.accept(item, "'" + entry.getKey() + "' is the short form; write '- route:' around it");
        } else if (entry.getKey().equals("route") && entry.getValue().isMap()) {
            checkRoute(RouteFiles.stem(file), entry.getValue(), problem);
        } else if (entry.getKey().equals("rest") && entry.getValue().isMap()) {
            checkVerbs(entry.getValue(), problem);
        }
    }

    private static void checkRoute(String stem, YamlNode route, BiConsumer<YamlNode, String> problem) {
        String id = route.findText("id").orElse("");
        if (!id.equals(stem) && !id.startsWith(stem + "-")) {
            problem.accept(
                    route, "the route's id is '" + id + "'; it must be '" + stem + "' or begin with '" + stem + "-'");
        }
        if (route.findText("description").orElse("").isBlank()) {
            problem.accept(route, "route '" + id + "' has no description");
        }
        if (route.findText("routeConfigurationId").orElse("").isBlank() && !leavesFailuresToItsCaller(route)) {
            problem.accept(
                    route, "route '" + id + "' names no routeConfigurationId, so its failures would reach the asker");
        }
        route.find("from").filter(YamlNode::isMap).ifPresent(from -> checkUri(from, problem));
    }

    /** A part of other routes that says so; what fails in it is tried again and told by the route that calls it. */
    private static boolean leavesFailuresToItsCaller(YamlNode route) {
        boolean isPart = route.find("from")
                .filter(YamlNode::isMap)
                .flatMap(from -> from.findText("uri"))
                .filter("direct"::equals)
                .isPresent();
        return isPart
                && route.find("errorHandler")
                        .filter(YamlNode::isMap)
                        .flatMap(handler -> handler.find("noErrorHandler"))
                        .isPresent();
    }

    private static void checkUri(YamlNode endpoint, BiConsumer<YamlNode, String> problem) {
        endpoint.findText("uri")
                .filter(uri -> uri.matches(".*[?:].*") && !uri.matches("kamelet:[\\w-]+"))
                .ifPresent(uri -> problem.accept(
                        endpoint, "uri '" + uri + "' is the short form; write the component's name and 'parameters:'"));
    }

    /** The short forms. */
    private record Forms(Set<String> unknown, BiConsumer<YamlNode, String> problem) {
        void check(String parent, YamlNode node) {
            if (node.isList()) {
                node.items().forEach(item -> check(parent, item));
            } else if (node.isMap()) {
                node.entries().forEach((key, value) -> {
                    if (!unknown.contains(RouteSchema.place(value))) {
                        entry(parent, key, value);
                    }
                });
            }
        }

        private void entry(String parent, String key, YamlNode value) {
            if (LANGUAGES.contains(key) && !NOT_EXPRESSIONS.contains(parent)) {
                problem.accept(
                        value, "'" + key + "' is the short form of an expression; write 'expression:' around it");
            }
            boolean isStep = Set.of("to", "toD", "wireTap", "poll", "enrich", "pollEnrich")
                    .contains(key);
            if (isStep
                    && !value.isMap()
                    && !Set.of("get", "post", "put", "patch", "delete", "head").contains(parent)) {
                problem.accept(value, "'" + key + "' is in its short form; write 'uri:' and 'parameters:' below it");
            } else if (isStep && value.isMap()) {
                checkUri(value, problem);
            }
            check(key, value);
        }
    }
}
