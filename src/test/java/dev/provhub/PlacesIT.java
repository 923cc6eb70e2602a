package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and tenants that are there and that are not, however they are named, while their files come and go. */
class PlacesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private static final String DEVICE = "/api/v1/devices/000e08000001";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static String items(String plan, String password, String code) {
        return """
                "serviceOrderItem": [{"id": "1", "action": "add", "service": {"serviceCharacteristic": [
                   {"name": "macAddress", "value": "000e08000001"}, {"name": "deviceModel", "value": "SPA504G"},
                   {"name": "sipUser", "value": "u1"}, {"name": "sipPassword", "value": "%s"},
                   {"name": "sipDomain", "value": "sip.example.net"}, {"name": "plan", "value": "%s"},
                   {"name": "code", "value": "%s"}]}}]}""".formatted(password, plan, code);
    }

    private static String order(String externalId, String plan) {
        return "{\"externalId\": \"" + externalId + "\", " + items(plan, "Tq7-rosebud-41", "hush-41");
    }

    private static void refused(HttpResponse<String> answer, String message) {
        refused(answer, 400, message);
    }

    private static void refused(HttpResponse<String> answer, int status, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void planThatIsNotThere_isRefusedHoweverItIsNamed_andWhatIsInFlightStays() throws Exception {
        Path config = Folders.configWith(folder.resolve("config"));
        Path mapping = config.resolve("order-mapping.yaml");
        Files.writeString(mapping, Files.readString(mapping) + "\nsettings:\n  User_Password: { names: [code] }\n");
        Map<String, String> settings = Map.of("hub.config", config.toString());
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            String allowed = "is not allowed: the name of a file in layers/plan: office";
            refused(hub.order(order("P-1", "gold")), "plan 'gold' " + allowed);
            refused(
                    hub.send("PUT", DEVICE, "{\"model\":\"SPA504G\",\"plan\":\"gold\"}"),
                    422,
                    "plan 'gold' " + allowed);
            refused(
                    hub.post(
                            "/api/v1/devices",
                            "application/json",
                            "{\"mac\":\"000e08000001\",\"model\":\"SPA504G\",\"tenant\":\"nowhere\"}"),
                    422,
                    "tenant 'nowhere' is not allowed: the name of a file in layers/tenant, and there is none");
            assertThat(hub.post("/api/v1/devices.csv", "text/csv", "mac,model,plan\n000e08000001,SPA504G,gold\n")
                            .body())
                    .contains("1,000e08000001,failed,plan 'gold' " + allowed);
            assertThat(hub.post(
                                    "/api/v1/imports",
                                    "text/csv",
                                    "macAddress,deviceModel,sipUser,sipPassword,sipDomain,plan\n"
                                            + "000e08000001,SPA504G,u,p,sip.example.net,gold\n")
                            .body())
                    .contains("failed", "plan 'gold' " + allowed);
            Path file = Files.writeString(folder.resolve("order.json"), order("P-1", "gold"));
            assertThat(CommandRun.of(settings, "order", "map", file.toString()).ending(1))
                    .contains("plan 'gold' " + allowed);

            Path gold = Files.writeString(config.resolve("layers/plan/gold.yaml"), "description: gold\n");
            await().atMost(PATIENCE).until(() -> hub.order(order("P-1", "gold")).statusCode() == 201);
            String id = JSON.readTree(hub.get(ORDERS + "?externalId=P-1").body())
                    .path(0)
                    .path("id")
                    .asText();
            Files.delete(gold);
            AtomicInteger more = new AtomicInteger();
            await().atMost(PATIENCE)
                    .until(() -> hub.order(order("P-2-" + more.incrementAndGet(), "gold"))
                                    .statusCode()
                            == 400);

            assertThat(hub.order(order("P-1", "gold")).statusCode())
                    .as("a repeat")
                    .isEqualTo(200);
            long before = revision(hub);
            HttpResponse<String> amended =
                    hub.send("PATCH", ORDERS + "/" + id, "{" + items("gold", "******", "******"));
            assertThat(amended.statusCode()).as(amended.body()).isEqualTo(200);
            assertThat(amended.body()).doesNotContain("hush", "rosebud");
            assertThat(revision(hub)).as("the masks stand for what was there").isEqualTo(before);
            refused(
                    hub.send("PATCH", ORDERS + "/" + id, "{" + items("golden", "******", "******")),
                    "plan 'golden' " + allowed);
            refused(
                    hub.order("{\"externalId\": \"P-3\", " + items("office", "Tq7-rosebud-41", "******")),
                    "code '******' is not allowed: the secret itself, not its mask");
            assertThat(hub.send("PATCH", DEVICE, "{\"plan\":\"gold\",\"serial\":\"S1\"}")
                            .statusCode())
                    .as("what it has already it may keep")
                    .isEqualTo(200);
        }
    }

    @Test
    void timeZoneThatIsNotThere_isRefusedHoweverItIsNamed() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String refusal = "timeZone 'Europe/Brelin' is not allowed: an IANA time zone such as Europe/Berlin;"
                    + " did you mean 'Europe/Berlin'?";
            refused(hub.send("PUT", DEVICE, "{\"model\":\"SPA504G\",\"timeZone\":\"Europe/Brelin\"}"), 422, refusal);
            assertThat(hub.post(
                                    "/api/v1/devices.csv",
                                    "text/csv",
                                    "mac,model,timeZone\n000e08000001,SPA504G,Europe/Brelin\n")
                            .body())
                    .contains("1,000e08000001,failed,", refusal);
            refused(
                    hub.order(order("P-1", "office")
                            .replace(
                                    "{\"name\": \"code\", \"value\": \"hush-41\"}",
                                    "{\"name\": \"timeZone\", \"value\": \"Europe/Brelin\"}")),
                    refusal);
            assertThat(hub.send("PUT", DEVICE, "{\"model\":\"SPA504G\",\"timeZone\":\"Europe/Berlin\"}")
                            .statusCode())
                    .isEqualTo(200);
            refused(hub.send("PATCH", DEVICE, "{\"timeZone\":\"Europe/Brelin\"}"), 422, refusal);
        }
    }

    private static long revision(HubUnderTest hub) throws Exception {
        JsonNode device = JSON.readTree(hub.get(DEVICE).body());
        assertThat(device.path("secretSettings").toString()).contains("User_Password");
        return device.path("revision").asLong();
    }
}
