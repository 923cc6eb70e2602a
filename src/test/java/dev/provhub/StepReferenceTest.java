package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.HubConfigReader;
import dev.provhub.routing.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What route files may call, as the steps' own sources say it: held in {@code steps.json}, which the hub ships, and in the page made of
 * it. To write both anew: run this test with {@code -Dhub.bless=true} and look at the difference.
 */
class StepReferenceTest {
    private static final Path CATALOG = Path.of("src/main/resources/steps/steps.json");
    private static final Path PAGE = Path.of("docs/reference/steps.md");
    private static final Pattern CALL =
            Pattern.compile("bean:\\n(?:(?! {4,}- )[^\\n]*\\n)*? *ref: (\\S+)\\n(?: *method: (\\S+)\\n)?");

    @TempDir
    private Path folder;

    private Map<String, Object> steps() {
        var config = HubConfigReader.read(
                Path.of("").toAbsolutePath(), Map.of(), HubUnderTest.settings(folder.resolve("data"), Map.of()));
        try (HubParts parts =
                HubParts.assemble(HubParts.forCheck(config, folder.resolve("scratch")), Clock.systemUTC())) {
            return parts.steps();
        }
    }

    @Test
    void catalog_isWhatTheSourcesSay() throws IOException {
        ObjectNode catalog = StepSources.catalog(new TreeMap<>(steps()));
        String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(catalog) + "\n";
        if (Boolean.getBoolean("hub.bless")) {
            Files.createDirectories(CATALOG.getParent());
            Files.writeString(CATALOG, json);
        }

        assertThat(Files.readString(CATALOG)).isEqualTo(json);
    }

    @Test
    void page_isMadeOfTheCatalog() throws IOException {
        String page = StepSources.page((ObjectNode) new ObjectMapper().readTree(Files.readString(CATALOG)));
        if (Boolean.getBoolean("hub.bless")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void everyCallOfAShippedRoute_isInTheCatalog() throws IOException {
        StepCatalog catalog = StepCatalog.shipped();
        TreeSet<String> called = new TreeSet<>();
        try (var files = Files.walk(Path.of("routes"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
                Matcher calls = CALL.matcher(Files.readString(file));
                while (calls.find()) {
                    called.add(calls.group(1) + (calls.group(2) == null ? "" : "." + calls.group(2)));
                }
            }
        }

        assertThat(called).hasSizeGreaterThan(80);
        assertThat(called).allSatisfy(call -> {
            List<String> parts = List.of(call.split("\\.", 2));
            assertThat(catalog.find(parts.get(0))).as(call).isPresent();
            if (parts.size() > 1) {
                assertThat(catalog.find(parts.get(0)).orElseThrow().methods())
                        .as(call)
                        .anySatisfy(method -> assertThat(method.name()).isEqualTo(parts.get(1)));
            }
        });
    }

    @Test
    void everyStep_hasADescription() throws IOException {
        ArrayNode all = (ArrayNode)
                new ObjectMapper().readTree(Files.readString(CATALOG)).path("steps");

        assertThat(all).allSatisfy(step -> {
            assertThat(step.path("does").asText())
                    .as(step.path("name").asText())
                    .isNotBlank();
            assertThat(step.path("methods")).allSatisfy(method -> assertThat(
                            method.path("does").asText())
                    .as(step.path("name").asText() + "." + method.path("name").asText())
                    .isNotBlank());
        });
    }
}
