package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a hub as other programs read it. */
class LogFormatIT {
    @TempDir
    private Path folder;

    @Test
    void run_asJson_logsOneObjectOnEachLine() throws Exception {
        Map<String, String> settings = HubUnderTest.settings(folder.resolve("data"), Map.of("hub.log.format", "json"));
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            hub.awaitReady();
            hub.terminate();
            List<String> lines = hub.output().lines().toList();

            List<String> logged =
                    lines.stream().filter(line -> line.startsWith("{")).toList();
            assertThat(logged).hasSizeGreaterThan(1);
            for (String line : logged) {
                JsonNode json = new ObjectMapper().readTree(line);
                assertThat(json.path("@timestamp").asText()).startsWith("20");
                assertThat(json.path("log.level").asText()).isNotEmpty();
                assertThat(json.path("log.logger").asText()).isNotEmpty();
            }
            assertThat(logged).anyMatch(line -> line.contains("Hub serves listeners="));
            assertThat(lines).as("text log").noneMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:.*"));
        }
    }
}
