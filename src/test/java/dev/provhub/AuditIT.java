package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever changes a running hub is written down with who did it. */
class AuditIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICE = "/api/v1/devices/000e08aabbcc";

    @TempDir
    private Path folder;

    @Test
    void changes_eachOfThem_haveTokenNameAndId() throws Exception {
        Path config = folder.resolve("config");
        Folders.configWith(config, "tenant/north");
        Map<String, String> settings = Map.of("hub.config", config.toString(), "hub.layer.max-immediate", "0");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            String id = JSON.readTree(hub.get("/api/v1/tokens").body())
                    .at("/tokens/0/id")
                    .asText();
            assertThat(hub.send("PUT", DEVICE, "{\"model\":\"SPA508G\",\"plan\":\"office\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hub.send("PATCH", DEVICE, "{\"tenant\":\"north\"}").statusCode())
                    .isEqualTo(200);
            assertThat(hub.get(DEVICE + "/spc").statusCode()).isEqualTo(200);
            assertThat(hub.order(Files.readString(Path.of("docs/examples/order.json")))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(hub.post("/api/v1/imports", "text/csv", Files.readString(Path.of("docs/examples/phones.csv")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hub.post("/api/v1/imports?dryRun=true", "text/csv", "macAddress\n")
                            .statusCode())
                    .isEqualTo(200);
            Files.createDirectories(config.resolve("layers/tenant"));
            Files.writeString(
                    config.resolve("layers/tenant/north.yaml"),
                    "description: North\nvalues:\n  Voice_Mail_Number: \"800\"\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> hub.post("/api/v1/layers/release", "application/json", "")
                                    .statusCode()
                            == 200);
            assertThat(hub.delete(DEVICE).statusCode()).isEqualTo(204);

            List<String> entries = new ArrayList<>();
            String next = "";
            do {
                JsonNode page =
                        JSON.readTree(hub.get("/api/v1/audit?limit=2" + next).body());
                page.path("entries")
                        .forEach(entry -> entries.add(entry.path("who").asText() + ": "
                                + entry.path("what").asText()));
                next = page.path("next").isNull()
                        ? ""
                        : "&before=" + page.path("next").asText();
            } while (!next.isEmpty());

            String who = "admin.token (" + id + "): ";
            assertThat(entries).hasSize(8);
            assertThat(entries.get(0)).isEqualTo(who + "device let go device=000e08aabbcc");
            assertThat(entries.get(1)).startsWith(who + "layers released files=");
            assertThat(entries.get(2)).startsWith(who + "orders imported ok=");
            assertThat(entries.get(3)).startsWith(who + "order taken order=");
            assertThat(entries.get(4)).isEqualTo(who + "profile source shown device=000e08aabbcc");
            assertThat(entries.get(5)).isEqualTo(who + "device changed device=000e08aabbcc");
            assertThat(entries.get(6)).isEqualTo(who + "device changed device=000e08aabbcc");
            assertThat(entries.get(7)).isEqualTo("hub: token made token=" + id + " name=admin.token roles=admin");
        }
    }

    @Test
    void page_badNumbers_areRefusedWithWhatIsAllowed() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            for (String query : new String[] {"limit=0", "limit=1001", "limit=x", "before=0", "before=x"}) {
                assertThat(hub.get("/api/v1/audit?" + query).statusCode()).isEqualTo(400);
            }
            assertThat(hub.command("audit", "--limit", "5").ending(0)).contains("who", "hub ", "token made");
        }
    }
}
