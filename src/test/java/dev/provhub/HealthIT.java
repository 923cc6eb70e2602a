package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import dev.provhub.secrets.SecretFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator learns of how the hub is, and what everybody else does. */
class HealthIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIFE_OF_A_SERVER_CERTIFICATE = Duration.ofDays(820);

    @TempDir
    private Path folder;

    private static JsonNode check(HubUnderTest hub, String name) throws Exception {
        for (JsonNode check : health(hub).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name);
    }

    private static JsonNode health(HubUnderTest hub) throws Exception {
        HttpResponse<String> answer = hub.get("/api/v1/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String open(HubUnderTest hub, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + hub.config().listeners().api() + path))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    /** A certificate of the HTTPS listener that somebody else has signed and that has so long to live. */
    private void place(Duration left) {
        Clock past = Clock.offset(Clock.systemUTC(), left.minus(LIFE_OF_A_SERVER_CERTIFICATE));
        KeyAndChain others = HubCertificates.open(folder.resolve("others"), past, new SecureRandom())
                .server("server", "localhost");
        SecretFile.write(folder.resolve("data/certs/server.key"), others.keyPem());
        SecretFile.write(folder.resolve("data/certs/server.crt"), others.chainPem());
    }

    @Test
    void health_allWell_hasEveryCheckForATokenAndOneWordForOthers() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            JsonNode health = health(hub);

            assertThat(health.path("status").asText()).isEqualTo("UP");
            assertThat(health.path("checks").findValuesAsText("name"))
                    .contains("database", "certificates", "fleet-certificates", "key-ways");
            assertThat(health.path("checks").findValuesAsText("state")).containsOnly("UP");
            assertThat(open(hub, "/api/v1/health")).startsWith("401 ");
            assertThat(open(hub, "/health/live")).isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(open(hub, "/health/ready")).isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(hub.command("health").ending(0))
                    .contains("check", "database", "UP")
                    .doesNotContain("DEGRADED");
        }
    }

    @Test
    void certificateThatEndsSoon_isDegradedWithTheReason_andTheHubStaysReady() throws Exception {
        place(Duration.ofDays(5).plusHours(1));
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            JsonNode check = check(hub, "certificates");

            assertThat(check.path("state").asText()).isEqualTo("DEGRADED");
            assertThat(check.path("reason").asText()).contains("https (CN=localhost) ends on ", "in 5 days");
            assertThat(health(hub).path("status").asText()).isEqualTo("DEGRADED");
            assertThat(open(hub, "/health/ready")).isEqualTo("200 {\"status\":\"UP\"}");
            assertThat(hub.command("health", "--json").ending(1)).contains("\"DEGRADED\"", "in 5 days");
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(log.text())
                    .contains("A check is not well check=certificates state=DEGRADED reason=\"https (CN=localhost)"));
        }
    }

    @Test
    void certificateThatIsOver_isDegradedAndNotDown() throws Exception {
        place(Duration.ofDays(-3));
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of("hub.certificates.warn-days", "0"))) {
            JsonNode check = check(hub, "certificates");

            assertThat(check.path("state").asText()).isEqualTo("DEGRADED");
            assertThat(check.path("reason").asText()).contains("https (CN=localhost) ended on ");
            assertThat(open(hub, "/health/ready")).isEqualTo("200 {\"status\":\"UP\"}");
        }
    }

    @Test
    void listenerThatIsOff_isDegradedWhenClaimedDevicesWaitForIt_andANoteBefore() throws Exception {
        Map<String, String> off = Map.of("hub.https-legacy.enabled", "false");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), off)) {
            JsonNode check = check(hub, "key-ways");
            assertThat(check.path("state").asText()).isEqualTo("UP");
            assertThat(check.path("reason").asText()).contains("SPA50x", "no claimed device");
            assertThat(hub.send("PUT", "/api/v1/devices/000e08aabbcc", "{\"model\":\"SPA508G\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), off)) {
            JsonNode check = check(hub, "key-ways");
            assertThat(check.path("state").asText()).isEqualTo("DEGRADED");
            assertThat(check.path("reason").asText()).contains("SPA50x (1)").doesNotContain("SPA2xxx");
        }
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            assertThat(check(hub, "key-ways").path("state").asText()).isEqualTo("UP");
        }
    }

    @Test
    void defaultPath_ofAPhoneWithoutAListener_hasTheReasonInTheDeviceLog() throws Exception {
        try (HubUnderTest hub =
                HubUnderTest.start(folder.resolve("data"), Map.of("hub.https-legacy.enabled", "false"))) {
            ask(hub, "/spa504G.cfg", "Cisco/SPA504G-7.4.9c (000E08000001)(CBT141400UK)");
            ask(hub, "/CP-8841-3PCC.cfg", "Cisco-CP-8841-3PCC/11.0.1 (000e08000002)");

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            hub.get("/api/v1/devices/000e08000001/contacts").body())
                    .contains("default path, but no listener that it can speak TLS to is enabled: no way to a key for"
                            + " SPA50x"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            hub.get("/api/v1/devices/000e08000002/contacts").body())
                    .contains("default path")
                    .doesNotContain("no listener"));
        }
        try (HubUnderTest hub = HubUnderTest.start(
                folder.resolve("others"),
                Map.of(
                        "hub.https-legacy.enabled", "false",
                        "hub.staging.ranges", "192.0.2.0/24",
                        "hub.staging.plain", "true"))) {
            ask(hub, "/spa504G.cfg", "Cisco/SPA504G-7.4.9c (000E08000001)(CBT141400UK)");

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            hub.get("/api/v1/devices/000e08000001/contacts").body())
                    .contains("a key for SPA50x by staging or a targeted profile only"));
        }
    }

    private static void ask(HubUnderTest hub, String path, String userAgent) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.httpUrl() + path))
                .header("User-Agent", userAgent)
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("<flat-profile>");
    }

    @Test
    void health_withoutAHub_isDown() throws Exception {
        Map<String, String> settings = new HashMap<>(HubUnderTest.settings(folder.resolve("data"), Map.of()));
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            settings.put("hub.api.port", "" + hub.config().listeners().api().port());
        }
        try (HubProcess command = HubProcess.start(folder, settings, "health")) {
            assertThat(command.awaitEnd(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(command.output()).contains("no hub answers at ");
        }
        assertThat(Files.exists(folder.resolve("data/admin.token"))).isTrue();
    }
}
