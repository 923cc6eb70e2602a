package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The Kamelets of a set, and what those that name them must and may say. */
final class Kamelets {
    private static final String SCHEME = "kamelet:";
    /** The two ends of a Kamelet, within it. */
    private static final Set<String> ENDS = Set.of("source", "sink");
    /** What Camel itself takes beside a Kamelet's own properties. */
    private static final Set<String> OF_CAMEL =
            Set.of("noErrorHandler", "bridgeErrorHandler", "location", "lazyStartProducer");

    private final Map<String, Kamelet> byName = new HashMap<>();

    /** @param types what a value must look like, by the property's name; none for text */
    private record Kamelet(Set<String> properties, List<String> required, Map<String, Type> types) {}

    /** What a value must look like. */
    private enum Type {
        INTEGER("[-+]?[0-9]+", "a whole number"),
        NUMBER("[-+]?[0-9]+([.][0-9]+)?", "a number"),
        BOOLEAN("true|false", "true or false");

        private final Pattern form;
        private final String words;

        Type(String form, String words) {
            this.form = Pattern.compile(form);
            this.words = words;
        }
    }

    void add(YamlNode root) {
        String name = map(root, "metadata").textOrEmpty("name");
        YamlNode definition = map(map(root, "spec"), "definition");
        Set<String> properties = new TreeSet<>();
        Map<String, Type> types = new HashMap<>();
        if (definition.find("properties").filter(YamlNode::isMap).isPresent()) {
            definition.get("properties").entries().forEach((property, said) -> {
                properties.add(property);
                type(said).ifPresent(type -> types.put(property, type));
            });
        }
        byName.put(
                name,
                new Kamelet(
                        properties,
                        definition.find("required").map(YamlNode::texts).orElse(List.of()),
                        types));
    }

    private static Optional<Type> type(YamlNode property) {
        String name = property.isMap() ? property.textOrEmpty("type") : "";
        return Arrays.stream(Type.values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The map at a key; what stands there is one, as was looked at before. */
    private static YamlNode map(YamlNode node, String key) {
        return node.get(key);
    }

    /** The Kamelet that a URI names; empty when it names none that can be known. */
    static String named(String uri) {
        String name = uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()).replaceAll("[/?].*", "") : "";
        return ENDS.contains(name) || name.contains("{{") ? "" : name;
    }

    /** Looks at an endpoint that may name one. */
    void check(YamlNode endpoint, SimpleCheck.Remarks remarks) {
        String uri = endpoint.textOrEmpty("uri");
        String name = named(uri);
        if (name.isEmpty()) {
            return;
        }
        YamlNode place = endpoint.find("uri").orElse(endpoint);
        Kamelet kamelet = byName.get(name);
        if (kamelet == null) {
            remarks.add(place, "there is no Kamelet '" + name + "'", Nearest.of(name, byName.keySet()));
            return;
        }
        YamlNode parameters =
                endpoint.find("parameters").filter(YamlNode::isMap).orElse(null);
        Set<String> given = parameters == null ? Set.of() : parameters.entries().keySet();
        given.stream()
                .filter(one -> !kamelet.properties().contains(one) && !OF_CAMEL.contains(one))
                .forEach(one -> remarks.add(
                        parameters == null ? place : parameters.key(one).orElse(parameters),
                        "Kamelet '" + name + "' has no property '" + one + "'",
                        Nearest.of(one, kamelet.properties())));
        if (parameters != null) {
            types(name, kamelet, parameters, remarks);
        }
        if (!uri.contains("?")) {
            kamelet.required().stream()
                    .filter(one -> !given.contains(one))
                    .forEach(one -> remarks.add(place, "Kamelet '" + name + "' needs the property '" + one + "'", ""));
        }
    }

    /** What is a placeholder, or said by a property of a Kamelet around it, is not known here. */
    private static void types(String name, Kamelet kamelet, YamlNode parameters, SimpleCheck.Remarks remarks) {
        kamelet.types().forEach((property, type) -> parameters
                .find(property)
                .filter(value -> value.isScalar() && !value.text().contains("{{"))
                .filter(value -> !type.form.matcher(value.text()).matches())
                .ifPresent(value -> remarks.add(
                        value,
                        "the property '" + property + "' of Kamelet '" + name + "' must be " + type.words + ", not '"
                                + value.text() + "'",
                        "")));
    }
}
