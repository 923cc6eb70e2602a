package dev.provhub.routing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON schema has to say of a file, in the words of those who write it. Of one mistake the validator says many things, one for
 * each form that would have been allowed; here it is told once, where it is.
 */
final class SchemaRemarks {
    private final Path file;
    private final YamlNode root;
    private final JsonNode schema;
    /** How many steps of the validator's paths lead to the root. */
    private final int above;

    private final List<RouteProblem> problems = new ArrayList<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<Integer> lines = new HashSet<>();
    /** What no form takes, by place: the names that would be. */
    private final Map<JsonNodePath, Set<String>> unfit = new LinkedHashMap<>();

    /** Where something stands of which only Camel can say whether it fits. */
    private final Set<JsonNodePath> placeholders = new HashSet<>();

    private final Set<JsonNodePath> told = new HashSet<>();

    /**
     * @param schema all of it
     * @param above  how many steps of the validator's paths lead to the root
     */
    SchemaRemarks(Path file, YamlNode root, JsonNode schema, int above, List<ValidationMessage> messages) {
        this.file = file;
        this.root = root;
        this.schema = schema;
        this.above = above;
        messages.forEach(this::sort);
        unfit.forEach((place, names) -> {
            if (told.stream().noneMatch(other -> isWithin(other, place))
                    && placeholders.stream().noneMatch(other -> isWithin(other, place))
                    && unfit.keySet().stream().noneMatch(other -> !other.equals(place) && isWithin(other, place))) {
                noForm(find(place), names);
            }
        });
        withoutMisspelt();
    }

    /** What is missing because its name is misspelt. */
    private void withoutMisspelt() {
        Set<String> meant = new HashSet<>();
        problems.forEach(one -> meant.add(one.suggestion()));
        problems.removeIf(one -> meant.stream()
                .anyMatch(name -> !name.isEmpty() && one.message().contains(": '" + name + "' is missing here")));
    }

    List<RouteProblem> problems() {
        return problems;
    }

    /** Lines of which nothing else need be told. */
    Set<Integer> lines() {
        return lines;
    }

    Set<String> unknown() {
        return unknown;
    }

    private void sort(ValidationMessage message) {
        JsonNodePath place = message.getInstanceLocation();
        boolean isOneOfSeveralForms = message.getSchemaLocation().toString().matches(".*/(oneOf|anyOf)/\\d+/\\w+");
        switch (message.getType()) {
            case "oneOf", "anyOf", "not" -> unfit.computeIfAbsent(place, key -> new TreeSet<>());
            case "required" -> {
                if (isOneOfSeveralForms) {
                    unfit.computeIfAbsent(place, key -> new TreeSet<>()).add(message.getProperty());
                } else {
                    missing(find(place), message.getProperty());
                    told.add(place);
                }
            }
            case "additionalProperties" -> {
                notKnown(find(place), message);
                told.add(place);
            }
            case "type" -> {
                YamlNode node = find(place).node();
                if (node.isNull()) {
                    nothing(place);
                } else if (isPlaceholder(node)) {
                    placeholders.add(place);
                } else if (!(isOneOfSeveralForms && node.isMap())) {
                    other(place, message);
                }
            }
            case "enum" -> {
                if (isPlaceholder(find(place).node())) {
                    placeholders.add(place);
                } else {
                    other(place, message);
                }
            }
            default -> other(place, message);
        }
    }

    private void nothing(JsonNodePath place) {
        if (told.add(place)) {
            Found found = find(place);
            Object key = place.getNameCount() == 0 ? "" : place.getElement(-1);
            problem(
                    found.node(),
                    found,
                    key.equals("expression")
                            ? "an expression is missing here; write one language below 'expression:'"
                            : "nothing stands here yet; write below '" + key + ":' what it says",
                    "");
        }
    }

    private void other(JsonNodePath place, ValidationMessage message) {
        Found found = find(place);
        String text = message.getMessage();
        String path = place + ": ";
        problem(found.node(), found, (text.startsWith(path) ? text.substring(path.length()) : text), "");
        told.add(place);
    }

    /** Where the schema wants a truth value, a number or one of some words, Camel takes a placeholder as well. */
    private static boolean isPlaceholder(YamlNode node) {
        return node.isScalar() && node.text().startsWith("{{");
    }

    private void notKnown(Found found, ValidationMessage message) {
        String name = message.getProperty();
        Set<String> known = new TreeSet<>();
        String pointer = message.getSchemaLocation().getFragment().toString();
        schema.at(JsonPointer.compile(pointer.replaceAll("/additionalProperties$", "")))
                .path("properties")
                .fieldNames()
                .forEachRemaining(known::add);
        unknown(found, name, known);
    }

    private void unknown(Found found, String name, Set<String> known) {
        found.node().find(name).ifPresent(value -> unknown.add(RouteSchema.place(value)));
        problem(
                found.node().key(name).orElse(found.node()),
                found,
                "there is no '" + name + "' here",
                Nearest.of(name, known));
    }

    private void missing(Found found, String name) {
        Optional<String> misspelt = found.node().isMap()
                ? found.node().entries().keySet().stream()
                        .filter(key -> !Nearest.of(key, List.of(name)).isEmpty())
                        .findFirst()
                : Optional.empty();
        if (misspelt.isPresent()) {
            unknown(found, misspelt.get(), Set.of(name));
            return;
        }
        String elsewhere = deeper("", found.node(), name);
        problem(
                found.node(),
                found,
                "'" + name + "' is missing here" + (elsewhere.isEmpty() ? "" : "; one stands " + elsewhere),
                "");
    }

    /** Where a name stands that somebody has indented too much. */
    private String deeper(String parent, YamlNode node, String name) {
        if (!node.isMap()) {
            return "";
        }
        if (!parent.isEmpty() && node.key(name).isPresent()) {
            int line = node.key(name).map(YamlNode::line).orElse(0);
            lines.add(line);
            return "below '" + parent + "', in line " + line;
        }
        return node.entries().entrySet().stream()
                .map(entry -> deeper(entry.getKey(), entry.getValue(), name))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void noForm(Found found, Set<String> names) {
        YamlNode node = found.node();
        String stranger = node.isMap() && names.contains("simple")
                ? node.entries().keySet().stream()
                        .filter(key ->
                                !names.contains(key) && !Nearest.of(key, names).isEmpty())
                        .findFirst()
                        .orElse("")
                : "";
        if (!stranger.isEmpty()) {
            unknown(found, stranger, names);
        } else if (names.contains("simple")) {
            problem(node, found, "an expression is missing here; write 'expression:' with one language below it", "");
        } else {
            problem(
                    node,
                    found,
                    "this has none of the forms that are allowed here"
                            + (names.isEmpty() ? "" : "; it needs one of " + String.join(", ", names)),
                    "");
        }
    }

    private void problem(YamlNode place, Found found, String message, String suggestion) {
        problems.add(RouteProblem.at(
                file,
                place,
                "against Camel's YAML schema: " + message
                        + (found.step().isEmpty() ? "" : ", in '" + found.step() + "'"),
                suggestion));
    }

    private static boolean isWithin(JsonNodePath path, JsonNodePath other) {
        return path.getNameCount() >= other.getNameCount() && path.startsWith(other);
    }

    /**
     * A place in the file.
     *
     * @param step the id that stands nearest around it; empty for none
     */
    private record Found(YamlNode node, String step) {}

    private Found find(JsonNodePath path) {
        YamlNode node = root;
        String step = "";
        for (int i = above; i < path.getNameCount(); i++) {
            YamlNode child = child(node, path.getElement(i));
            if (child == null) {
                break;
            }
            node = child;
            step = node.isMap() && !node.textOrEmpty("id").isEmpty() ? node.textOrEmpty("id") : step;
        }
        return new Found(node, step);
    }

    private static @Nullable YamlNode child(YamlNode node, Object step) {
        if (step instanceof Integer index && node.isList()) {
            return node.items().get(index);
        }
        return node.isMap() ? node.entries().get(step.toString()) : null;
    }
}
