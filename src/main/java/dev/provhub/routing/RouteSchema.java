package dev.provhub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Camel's own JSON schema of its YAML DSL, as the camel-yaml-dsl jar brings it. */
final class RouteSchema {
    private static final String LOCATION = "classpath:schema/camelYamlDsl.json";

    /** Looks at parts when they are needed first: all of them at once take half a gigabyte, because steps nest in steps. */
    private static final SchemaValidatorsConfig WHEN_NEEDED =
            SchemaValidatorsConfig.builder().preloadJsonSchema(false).build();

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(SchemaLocation.of(LOCATION), WHEN_NEEDED);

    List<RouteProblem> check(Path file, YamlNode root) {
        List<RouteProblem> problems = new ArrayList<>();
        for (ValidationMessage message : schema.validate(json(root))) {
            int line = root.line();
            YamlNode node = root;
            for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
                YamlNode child = child(node, message.getInstanceLocation().getElement(i));
                if (child == null) {
                    break;
                }
                node = child;
                line = node.line();
            }
            if (message.getType().equals("type") && isPlaceholder(node)) {
                continue;
            }
            problems.add(new RouteProblem(file, line, "against Camel's YAML schema: " + message.getMessage()));
        }
        return problems;
    }

    /** Where the schema wants a truth value or a number, Camel takes a placeholder as well. */
    private static boolean isPlaceholder(YamlNode node) {
        return !node.isMap() && !node.isList() && node.text().startsWith("{{");
    }

    private static @Nullable YamlNode child(YamlNode node, Object step) {
        if (step instanceof Integer index && node.isList()) {
            return node.items().get(index);
        }
        return node.isMap() ? node.entries().get(step.toString()) : null;
    }

    private static JsonNode json(YamlNode node) {
        if (node.isMap()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.entries().forEach((key, value) -> object.set(key, json(value)));
            return object;
        }
        if (node.isList()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.items().forEach(item -> array.add(json(item)));
            return array;
        }
        return scalar(node);
    }

    /** Camel reads every scalar as text and converts it; the schema asks for booleans and numbers where it means them. */
    private static JsonNode scalar(YamlNode node) {
        String text = node.text();
        if (node.isNull()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (node.isPlain() && (text.equals("true") || text.equals("false"))) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        }
        if (node.isPlain() && text.matches("-?[0-9]{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        }
        return JsonNodeFactory.instance.textNode(text);
    }
}
