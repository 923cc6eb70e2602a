package dev.provhub.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Camel's own JSON schema of its YAML DSL, as the camel-yaml-dsl jar brings it. */
final class RouteSchema {
    private static final String LOCATION = "classpath:schema/camelYamlDsl.json";
    /** Camel reads every scalar as text and converts it; the schema asks for numbers where it means them. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** Looks at parts when they are needed first: all of them at once take half a gigabyte, because steps nest in steps. */
    private static final SchemaValidatorsConfig WHEN_NEEDED =
            SchemaValidatorsConfig.builder().preloadJsonSchema(false).build();

    /** What a kamelet's template has in common with a route file. */
    private static final Set<String> ENTRIES = Set.of("from", "route", "beans");

    private static final Set<String> OF_TEMPLATES =
            Set.of("from", "route", "beans", "id", "description", "parameters", "templateBean");

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(SchemaLocation.of(LOCATION), WHEN_NEEDED);

    SchemaRemarks check(Path file, YamlNode root) {
        return new SchemaRemarks(
                file, root, schema.getSchemaNode(), 0, List.copyOf(schema.validate(YamlJson.of(root, WHOLE_NUMBER))));
    }

    /** What a kamelet's template says, as if it were entries of a route file. */
    List<RouteProblem> template(Path file, YamlNode template) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        List<RouteProblem> problems = new ArrayList<>();
        template.entries().forEach((key, value) -> {
            if (ENTRIES.contains(key)) {
                entries.addObject().set(key, YamlJson.of(value, WHOLE_NUMBER));
            } else if (!OF_TEMPLATES.contains(key)) {
                problems.add(RouteProblem.at(
                        file,
                        template.key(key).orElse(template),
                        "there is no '" + key + "' in the template of a kamelet",
                        Nearest.of(key, OF_TEMPLATES)));
            }
        });
        problems.addAll(
                new SchemaRemarks(file, template, schema.getSchemaNode(), 1, List.copyOf(schema.validate(entries)))
                        .problems());
        return problems;
    }

    /** Where a value stands, to be known again. */
    static String place(YamlNode value) {
        return value.line() + ":" + value.column();
    }
}
