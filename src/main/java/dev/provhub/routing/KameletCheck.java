package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a kamelet says of itself, as the validator of Camel's own kamelets has it: the name is the file's, the title ends in the
 * kind, each property has a title, a description and a type, what is required is there and has no default, a password is told
 * as one.
 */
final class KameletCheck {
    private static final Set<String> KINDS = Set.of("source", "sink", "action");
    private static final Set<String> TYPES = Set.of("string", "integer", "number", "boolean", "array", "object");

    private final RouteFile file;
    private final List<RouteProblem> problems = new ArrayList<>();

    private KameletCheck(RouteFile file) {
        this.file = file;
    }

    static List<RouteProblem> check(RouteFile file, YamlNode root) {
        KameletCheck check = new KameletCheck(file);
        if (!root.isMap()) {
            check.problem(root, "a kamelet is a mapping with apiVersion, kind, metadata and spec");
            return check.problems;
        }
        check.head(root);
        root.find("spec")
                .filter(YamlNode::isMap)
                .ifPresentOrElse(check::spec, () -> check.problem(root, "the kamelet has no spec"));
        return check.problems;
    }

    /** What it does, when that is a mapping. */
    static Optional<YamlNode> template(YamlNode root) {
        return root.isMap() ? map(root, "spec").flatMap(spec -> map(spec, "template")) : Optional.empty();
    }

    private void head(YamlNode root) {
        if (!root.textOrEmpty("kind").equals("Kamelet")) {
            problem(root, "kind must be Kamelet");
        }
        String stem = file.name().substring(0, file.name().length() - ".kamelet.yaml".length());
        String name =
                map(root, "metadata").map(data -> data.textOrEmpty("name")).orElse("");
        if (!name.equals(stem)) {
            problem(
                    map(root, "metadata").flatMap(data -> data.find("name")).orElse(root),
                    "metadata.name is '" + name + "'; it must be the file's name, '" + stem + "'");
        }
        String kind = map(root, "metadata")
                .flatMap(data -> map(data, "labels"))
                .map(labels -> labels.textOrEmpty("camel.apache.org/kamelet.type"))
                .orElse("");
        if (!KINDS.contains(kind) || !stem.endsWith("-" + kind)) {
            problem(
                    root,
                    "the label camel.apache.org/kamelet.type must be source, sink or action, and the name must end in it");
        }
        map(root, "spec").flatMap(spec -> map(spec, "definition")).ifPresent(definition -> {
            String title = definition.textOrEmpty("title");
            if (!kind.isEmpty() && !title.toLowerCase(java.util.Locale.ROOT).endsWith(" " + kind)) {
                problem(definition, "the title '" + title + "' must end in the kind, '" + kind + "'");
            }
        });
    }

    private void spec(YamlNode spec) {
        YamlNode definition = map(spec, "definition").orElse(null);
        if (definition == null) {
            problem(spec, "the kamelet has no definition");
            return;
        }
        if (definition.textOrEmpty("description").isBlank()) {
            problem(definition, "the kamelet has no description");
        }
        YamlNode properties = map(definition, "properties").orElse(null);
        if (properties != null) {
            properties.entries().forEach(this::property);
        }
        List<String> required = definition.find("required").map(YamlNode::texts).orElse(List.of());
        for (String name : required) {
            YamlNode property =
                    properties == null ? null : properties.find(name).orElse(null);
            if (property == null) {
                problem(definition, "'" + name + "' is required but is no property");
            } else if (property.isMap() && property.find("default").isPresent()) {
                problem(property, "'" + name + "' is required, so it must have no default");
            }
        }
        if (map(spec, "template").isEmpty()) {
            problem(spec, "the kamelet has no template");
        }
    }

    private void property(String name, YamlNode property) {
        if (!property.isMap()) {
            problem(property, "property '" + name + "' must have title, description and type");
            return;
        }
        for (String part : List.of("title", "description")) {
            if (property.textOrEmpty(part).isBlank()) {
                problem(property, "property '" + name + "' has no " + part);
            }
        }
        if (!TYPES.contains(property.textOrEmpty("type"))) {
            problem(property, "the type of property '" + name + "' must be one of " + new java.util.TreeSet<>(TYPES));
        }
        boolean secret = name.toLowerCase(java.util.Locale.ROOT).matches(".*(password|secret|token|accesskey).*");
        if (secret && !property.textOrEmpty("format").equals("password")) {
            problem(property, "property '" + name + "' looks like a secret: it must have format: password");
        }
        if (property.textOrEmpty("format").equals("password")
                && property.find("x-descriptors").map(YamlNode::texts).orElse(List.of()).stream()
                        .noneMatch(one -> one.contains("credentials"))) {
            problem(
                    property,
                    "property '" + name + "' needs x-descriptors: [urn:camel:group:credentials], as every secret");
        }
    }

    private static Optional<YamlNode> map(YamlNode node, String key) {
        return node.find(key).filter(YamlNode::isMap);
    }

    private void problem(YamlNode place, String message) {
        problems.add(RouteProblem.at(file.file(), place, message, ""));
    }
}
