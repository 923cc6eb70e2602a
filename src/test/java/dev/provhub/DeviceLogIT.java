package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a device says of a phone that does well, and of some that do not. */
class DeviceLogIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final MacAddress STRANGER = MacAddress.parse("000e08000009");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        String row = "L-1,add,%s,SPA504G,1,user-1,pass-1,sip.example.net%n".formatted(KITCHEN);
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + row)
                        .body())
                .contains(",ok,");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void log_phoneThatDoesWell_showsItsWayAndWhatItGot() throws Exception {
        PhoneUnderTest phone =
                phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
        phone.awaitParameter("User_ID_1_", "user-1");
        phone.resync();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(KITCHEN).path("events")).anySatisfy(event -> {
                    assertThat(event.path("outcome").asText()).isEqualTo("profile answered");
                    assertThat(event.path("applied").asText())
                            .isNotEmpty()
                            .isEqualTo(event.path("given").asText());
                }));
        JsonNode log = log(KITCHEN);
        assertThat(outcomes(log))
                .startsWith("bootstrap answered", "certificate answered", "key answered", "profile answered");
        JsonNode bootstrap = oldest(log, 0);
        assertThat(bootstrap.path("evidence").asText()).isEqualTo("hint");
        assertThat(bootstrap.path("rule").asText()).isEqualTo("/spa{psn}.cfg");
        JsonNode key = oldest(log, 2);
        assertThat(key.path("evidence").asText()).isEqualTo("proof");
        assertThat(key.path("by").asText()).startsWith("certificate ");
        assertThat(key.path("transport").asText()).isEqualTo("https");
        JsonNode profile = oldest(log, 3);
        assertThat(profile.path("by").asText()).isEqualTo("its own directory");
        assertThat(profile.path("sealing").asText()).isEqualTo("opensslEnc");
        assertThat(profile.path("bytes").asInt()).isPositive();
        assertThat(profile.path("what").asText()).startsWith("/p/***/").endsWith("/profile.cfg");
        assertThat(log.path("causes")).isEmpty();
    }

    @Test
    void log_hubsCertificateRefusedAtItsAddress_showsTheHandshakeAndWhy() throws Exception {
        ask("/spa" + KITCHEN + ".cfg");
        assertThatThrownBy(() -> send(hub.httpsUrl() + "/b/504G/" + KITCHEN + ".cfg"))
                .isInstanceOf(SSLHandshakeException.class);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log(KITCHEN).path("events"))
                .anySatisfy(event -> assertThat(event.path("kind").asText()).isEqualTo("handshake")));
        assertThat(causes(log(KITCHEN))).as(log(KITCHEN).toPrettyString()).containsExactly("clock-or-trust");
    }

    @Test
    void log_certificateOfAnotherPhone_isAContradictionInBothLogs() throws Exception {
        phones.aPhoneOf(hub)
                .thatIs("SPA504G")
                .withMac(KITCHEN)
                .withCertificateOf(STRANGER)
                .switchedOn();
        for (MacAddress mac : List.of(KITCHEN, STRANGER)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(causes(log(mac))).contains("contradiction"));
        }
    }

    @Test
    void log_fileOfAnotherKindOfServer_isFoundByAddress() throws Exception {
        ask("/XMLDefault.cnf.xml");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode log =
                    JSON.readTree(hub.get("/api/v1/contacts?address=127.0.0.1").body());
            assertThat(log.path("events")).singleElement().satisfies(event -> assertThat(
                            event.path("causes").get(0).asText())
                    .isEqualTo("wrong-option-66"));
        });
        assertThat(JSON.readTree(hub.get("/api/v1/contacts?address=127.0.0.9").body())
                        .path("events"))
                .isEmpty();
    }

    @Test
    void page_badNumbersAndWords_areRefusedByName() throws Exception {
        String path = "/api/v1/devices/" + KITCHEN + "/contacts";
        assertThat(hub.get(path + "?limit=0").body()).contains("limit is not a whole number from 1 to 1000");
        assertThat(hub.get(path + "?kind=telegram").body()).contains("kind = 'telegram' is none of contact, report");
        assertThat(hub.get("/api/v1/devices/kitchen/contacts").statusCode()).isEqualTo(422);
    }

    private void ask(String path) throws IOException, InterruptedException {
        send(hub.httpUrl() + path);
    }

    private static void send(String url) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
    }

    private JsonNode log(MacAddress mac) throws IOException, InterruptedException {
        return JSON.readTree(
                hub.get("/api/v1/devices/" + mac + "/contacts?limit=200").body());
    }

    private static List<String> outcomes(JsonNode log) {
        List<String> outcomes = new ArrayList<>();
        log.path("events")
                .forEach(event -> outcomes.add(0, event.path("outcome").asText()));
        return outcomes;
    }

    private static JsonNode oldest(JsonNode log, int number) {
        JsonNode events = log.path("events");
        return events.get(events.size() - 1 - number);
    }

    private static List<String> causes(JsonNode log) {
        List<String> causes = new ArrayList<>();
        log.path("causes").forEach(cause -> {
            if (cause.path("present").asBoolean()) {
                causes.add(cause.path("id").asText());
            }
        });
        return causes;
    }
}
