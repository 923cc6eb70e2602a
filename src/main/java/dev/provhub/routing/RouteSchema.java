package dev.provhub.routing;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

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

    SchemaRemarks check(Path file, YamlNode root) {
        return new SchemaRemarks(
                file, root, schema.getSchemaNode(), List.copyOf(schema.validate(YamlJson.of(root, WHOLE_NUMBER))));
    }

    /** Where a value stands, to be known again. */
    static String place(YamlNode value) {
        return value.line() + ":" + value.column();
    }
}
