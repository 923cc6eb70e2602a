package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which models can trust what a running hub shows. */
class TrustIT {
    @TempDir
    private Path folder;

    private static JsonNode row(HubUnderTest hub, String family, String listener) throws Exception {
        for (JsonNode row : new ObjectMapper()
                .readTree(hub.get("/api/v1/certificates/trust").body())
                .path("trust")) {
            if (row.path("family").asText().equals(family)
                    && row.path("listener").asText().equals(listener)) {
                return row;
            }
        }
        throw new AssertionError("no row " + family + " " + listener);
    }

    @Test
    void view_ofTheDevelopmentAuthority_saysWhoCanAndWhy() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            assertThat(row(hub, "SPA50x", "https-legacy").path("trusts").asText())
                    .isEqualTo("yes");
            assertThat(row(hub, "SPA50x", "https").path("trusts").asText()).isEqualTo("no");
            assertThat(row(hub, "SPA9xx", "https-legacy").path("trusts").asText())
                    .isEqualTo("no");
            assertThat(row(hub, "SPA9xx", "https-legacy").path("why").asText()).contains("./hub cert csr");
            assertThat(row(hub, "MPP88xx", "https").path("wholeFamily").asBoolean())
                    .isTrue();

            Map<String, String> settings = new HashMap<>(HubUnderTest.settings(folder.resolve("data"), Map.of()));
            settings.put("hub.api.port", "" + hub.config().listeners().api().port());
            try (HubProcess command = HubProcess.start(folder, settings, "cert", "trust")) {
                assertThat(command.awaitEnd(Duration.ofSeconds(60))).isZero();
                assertThat(command.output())
                        .contains("CA (known by)", "development (signature)", "Custom_CA_Rule", "PAP2T ");
            }
        }
    }

    @Test
    void view_whileTheLegacyListenerIsOff_saysSo() throws Exception {
        try (HubUnderTest hub =
                HubUnderTest.start(folder.resolve("data"), Map.of("hub.https-legacy.enabled", "false"))) {
            assertThat(row(hub, "SPA9xx", "https-legacy").path("why").asText())
                    .isEqualTo("the listener is not enabled");
        }
    }
}
