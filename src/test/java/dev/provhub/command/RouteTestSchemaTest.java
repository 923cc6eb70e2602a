package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.provhub.config.YamlNode;
import dev.provhub.routing.YamlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema of tests of routes says what the command takes. */
class RouteTestSchemaTest {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    @TempDir
    private Path folder;

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(TestRoutesCommand.schema());
    }

    private static JsonNode json(Path file) {
        return YamlJson.of(YamlNode.read(file), NUMBER);
    }

    @Test
    void schema_takesWhatIsShipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes/tests"))) {
            List<Path> all = files.toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(schema().validate(json(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void schema_namesWhatTheCommandKnows_andNothingElse() throws IOException {
        JsonNode step = new ObjectMapper().readTree(TestRoutesCommand.schema()).at("/definitions/step/properties");

        assertThat(names(step)).containsExactlyInAnyOrderElementsOf(withExpect());
        assertThat(names(step.at("/expect/properties"))).isEqualTo(new TreeSet<>(RouteTest.EXPECTED));
        assertThat(names(step.at("/ask/properties"))).isEqualTo(new TreeSet<>(RouteTestRun.ASK));
        assertThat(names(step.at("/phone/properties"))).isEqualTo(new TreeSet<>(RouteTestPhones.PHONE));
    }

    @Test
    void schema_ofATestWithAWordThatIsUnknown_refusesIt() throws IOException {
        Path file = Files.writeString(
                folder.resolve("x.test.yaml"),
                "- test: a\n  steps:\n    - ask: {path: /x, transport: carrier-pigeon}\n");

        assertThat(schema().validate(json(file))).isNotEmpty();
    }

    private static List<String> withExpect() {
        TreeSet<String> all = new TreeSet<>(RouteTest.ACTIONS);
        all.add("expect");
        return List.copyOf(all);
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
