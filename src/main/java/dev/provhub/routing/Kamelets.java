package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Kamelets of a set, and what those that name them must and may say. */
final class Kamelets {
    private static final String SCHEME = "kamelet:";
    /** The two ends of a Kamelet, within it. */
    private static final Set<String> ENDS = Set.of("source", "sink");
    /** What Camel itself takes beside a Kamelet's own properties. */
    private static final Set<String> OF_CAMEL =
            Set.of("noErrorHandler", "bridgeErrorHandler", "location", "lazyStartProducer");

    private final Map<String, Kamelet> byName = new HashMap<>();

    private record Kamelet(Set<String> properties, List<String> required) {}

    void add(YamlNode root) {
        String name = map(root, "metadata").textOrEmpty("name");
        YamlNode definition = map(map(root, "spec"), "definition");
        Set<String> properties = new TreeSet<>();
        if (definition.find("properties").filter(YamlNode::isMap).isPresent()) {
            properties.addAll(definition.get("properties").entries().keySet());
        }
        byName.put(
                name,
                new Kamelet(
                        properties,
                        definition.find("required").map(YamlNode::texts).orElse(List.of())));
    }

    /** The map at a key; what stands there is one, as was looked at before. */
    private static YamlNode map(YamlNode node, String key) {
        return node.get(key);
    }

    /** Looks at an endpoint that may name one. */
    void check(YamlNode endpoint, SimpleCheck.Remarks remarks) {
        String uri = endpoint.textOrEmpty("uri");
        if (!uri.startsWith(SCHEME)) {
            return;
        }
        String name = uri.substring(SCHEME.length()).replaceAll("[/?].*", "");
        if (ENDS.contains(name) || name.contains("{{")) {
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
        if (!uri.contains("?")) {
            kamelet.required().stream()
                    .filter(one -> !given.contains(one))
                    .forEach(one -> remarks.add(place, "Kamelet '" + name + "' needs the property '" + one + "'", ""));
        }
    }
}
