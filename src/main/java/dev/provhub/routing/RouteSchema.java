package dev.provhub.routing;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Camel's own JSON schema of its YAML DSL, as the camel-yaml-dsl jar brings it. */
final class RouteSchema {
    private static final String LOCATION = "classpath:schema/camelYamlDsl.json";
    /** Camel reads every scalar as text and converts it; the schema asks for numbers where it means them. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** Looks at parts when they are needed first: all of them at once take half a gigabyte, because steps nest in steps. */
    private static final SchemaValidatorsConfig WHEN_NEEDED =
            SchemaValidatorsConfig.builder().preloadJsonSchema(false).build();

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(SchemaLocation.of(LOCATION), WHEN_NEEDED);

    List<RouteProblem> check(Path file, YamlNode root) {
        List<RouteProblem> problems = new ArrayList<>();
        for (ValidationMessage message : schema.validate(YamlJson.of(root, WHOLE_NUMBER))) {
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
        return node.isScalar() && node.text().startsWith("{{");
    }

    private static @Nullable YamlNode child(YamlNode node, Object step) {
        if (step instanceof Integer index && node.isList()) {
            return node.items().get(index);
        }
        return node.isMap() ? node.entries().get(step.toString()) : null;
    }
}
