package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Layers edited in a running hub, and a phone that keeps what it was given. */
class LayersIT {
    private static final MacAddress MAC = new MacAddress("0002fdff2103");
    private static final String DEVICE = "/api/v1/devices/" + MAC;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private Path layers;
    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        layers = folder.resolve("config/layers");
        hub = startHub();
        assertThat(hub.order(Files.readString(Path.of("docs/examples/order.json")))
                        .statusCode())
                .isEqualTo(201);
    }

    private PhoneUnderTest phoneOfTheOrder() throws Exception {
        return phones.aPhoneOf(hub)
                .thatIs("SPA508G")
                .withMac(MAC)
                .withSerial("CBT141400UK")
                .running("7.6.2g")
                .switchedOn();
    }

    private HubUnderTest startHub() {
        return HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.config", folder.resolve("config").toString(), "hub.layer.max-immediate", "3"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void edit_takenAwayAgain_leavesThePhoneAsItWasAndAllGoesWhenItLeaves() throws Exception {
        try (PhoneUnderTest phone = phoneOfTheOrder()) {
            assertThat(phone.awaitUntil(now -> now.parameter("Password_1_").equals("Tq7-rosebud-41")))
                    .as("first profile")
                    .isTrue();

            save("plan/office.yaml", """
                    description: Behind an office router
                    values:
                      Station_Name: Reception
                      Dial_Plan_n_: (xxx.)
                      Resync_At__HHmm_: "0300"
                    """);
            awaitValue("Station_Name", "Reception");
            phone.resync();
            assertThat(phone.awaitUntil(now -> now.parameter("Station_Name").equals("Reception")
                            && now.parameter("Dial_Plan_1_").equals("(xxx.)")))
                    .as("edit applied")
                    .isTrue();

            save("plan/office.yaml", "description: Nothing left\n");
            awaitValue("Station_Name", "");
            assertThat(value("Dial_Plan_1_").path("layer").asText()).isEqualTo("taken-away");
            assertThat(value("Dial_Plan_1_").path("value").asText()).startsWith("(*xx|[3469]11|");
            phone.resync();
            assertThat(phone.awaitUntil(now -> now.parameter("Station_Name").isEmpty()
                            && now.parameter("Resync_At__HHmm_").isEmpty()
                            && now.parameter("Dial_Plan_1_").startsWith("(*xx|[3469]11|")))
                    .as("taken away")
                    .isTrue();
            phone.resync();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(value("Station_Name").isMissingNode())
                            .as("said no more once it is applied")
                            .isTrue());

            assertThat(delete(DEVICE)).isEqualTo(204);
            phone.resync();
            assertThat(phone.awaitUntil(now -> now.parameter("Password_1_").isEmpty()
                            && now.parameter("User_ID_1_").isEmpty()
                            && now.parameter("GPP_A").isEmpty()
                            && now.parameter("Profile_Rule").contains("/b/$(PSN)/$(MA).cfg")))
                    .as("wiped")
                    .isTrue();
            phone.resync();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(hub.get(DEVICE + "/key").statusCode())
                            .as("home again, its key has ended")
                            .isEqualTo(404));
        }
    }

    @Test
    void edit_bad_isRefusedWithFileLineAndWhatIsAllowedAndWhatRanGoesOn() throws Exception {
        Map<String, String> mistakes = Map.of(
                "description: x\nvalues:\n  Time_Format: noon\n",
                "office.yaml:3:3: Time_Format cannot be 'noon': allowed is one of 12hr, 24hr",
                "description: x\nvalues:\n  Proxy_1: sip.example.net\n",
                "office.yaml:3:3: there is no parameter 'Proxy_1'; did you mean Proxy_n_?",
                "description: x\nvalues:\n  Dial_Plan_n_: (xx.\n",
                "office.yaml:3:3: Dial_Plan_n_ cannot be '(xx.': the parenthesis at character 1 is not closed",
                "description: x\nvalues:\n  GPP_P: mine\n",
                "office.yaml:3:3: GPP_P is set by the hub itself",
                "description: x\nvalues:\n  Profile_Rule_B: '( p = \"1\" )! http://h/x'\n",
                "office.yaml:3:3: Profile_Rule_B assigns GPP_P, which the hub itself uses",
                "description: x\nextra:\n  Time_Format: 24hr\n",
                "office.yaml:3:3: Time_Format is in the dictionary: it belongs under values",
                "description: x\nvalues:\n Time_Format: 24hr\n  Date_Format: day\n",
                "office.yaml:4: is not YAML",
                "description: x\nvalues:\n  Resync_Periodic: ${device.serial}\n",
                "device 0002fdff2103: Resync_Periodic cannot be 'CBT141400UK': allowed is seconds as a, a+b or",
                "description: x\nvalues:\n  Time_Format: 12hr\n  Time_Format: 24hr\n",
                "office.yaml:4: 'Time_Format' stands twice, first in line 3",
                "description: x\nremove: [Colour Scheme]\n",
                "office.yaml:2:10: 'Colour Scheme' is no name of a parameter");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            save("plan/office.yaml", mistake.getKey());
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(layers().path("refused").asText()).contains(mistake.getValue()));
            assertThat(value("Time_Format").path("value").asText()).isEqualTo("24hr");
        }
        save("plan/office.yaml", "description: x\nvalues:\n  Time_Format: 12hr\n");
        awaitValue("Time_Format", "12hr");
        assertThat(layers().path("refused").isNull()).isTrue();
    }

    @Test
    void edit_ofMoreDevicesThanAllowed_isHeldAlsoOverARestartUntilItIsReleased() throws Exception {
        importPhones();
        save("base/greeting.yaml", "description: x\nvalues:\n  Station_Name: All of you\n");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        layers().path("held").path("devices").asInt())
                .isEqualTo(4));
        assertThat(layers().path("held").toString())
                .contains("\"files\":[\"base/greeting.yaml\"]", "\"SPA942\"", "\"devices\":3", "0002fdff2103");
        assertThat(value("Station_Name").isMissingNode()).isTrue();

        hub.close();
        hub = startHub();
        assertThat(layers().path("held").path("devices").asInt()).isEqualTo(4);
        assertThat(value("Station_Name").isMissingNode()).isTrue();

        HttpResponse<String> released = hub.post("/api/v1/layers/release", "application/json", "");
        assertThat(released.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(released.body()).path("devices").asInt()).isEqualTo(4);
        assertThat(value("Station_Name").path("value").asText()).isEqualTo("All of you");
        assertThat(hub.post("/api/v1/layers/release", "application/json", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void edit_touchesOnlyTheDevicesItIsFor() throws Exception {
        importPhones();
        assertThat(dryRun("model/SPA508G.yaml", "description: x\nvalues:\n  Station_Name: a\n")
                        .path("devices")
                        .asInt())
                .isEqualTo(1);
        assertThat(dryRun("model/SPA9xx.yaml", "description: x\nvalues:\n  Station_Name: a\n")
                        .path("devices")
                        .asInt())
                .isEqualTo(3);
        assertThat(dryRun("base/x.yaml", "description: x\nvalues:\n  Custom_CA_Rule: http://h/ca.pem\n")
                        .path("devices")
                        .asInt())
                .as("none of them has it")
                .isZero();
        assertThat(dryRun("base/a.yaml", "description: x\nvalues:\n  Time_Format: 12hr\n")
                        .path("devices")
                        .asInt())
                .as("the plan hides it from one")
                .isEqualTo(3);
        assertThat(hub.post("/api/v1/layers/dry-run", "application/json", "{\"plans/x.yaml\":\"description: x\"}")
                        .body())
                .contains("layers/plans/x.yaml: no layer lies here: layers are in base, model, tenant and plan");
        assertThat(hub.post("/api/v1/layers/dry-run", "application/json", "null")
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> refused = hub.post(
                "/api/v1/layers/dry-run", "application/json", "{\"plan/office.yaml\":\"description: x\\nvalues: 1\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("layers/plan/office.yaml:2: a mapping of keys to values is expected here");
    }

    @Test
    void preview_saysWhereEveryValueComesFromAndHidesSecrets() throws Exception {
        save(
                "base/zz.yaml",
                "description: x\nvalues:\n  Time_Format: 12hr\n  ATA_Only: x\n".replace("  ATA_Only: x\n", ""));
        save("plan/office.yaml", """
                description: x
                values:
                  Time_Format: {value: 24hr, ua: rw}
                  Primary_DNS: 9.9.9.9
                  router-configuration/Time_Setup/Time_Server: ntp.example.net
                extra:
                  Brand_New_Thing: "1"
                remove: [Preferred_Codec_n_]
                """);
        awaitValue("Brand_New_Thing", "1");

        JsonNode format = value("Time_Format");
        assertThat(format.path("place").asText()).isEqualTo("layers/plan/office.yaml:3");
        assertThat(format.path("ua").asText()).isEqualTo("rw");
        assertThat(format.path("hid").get(0).path("place").asText()).isEqualTo("layers/base/zz.yaml:3");
        assertThat(format.path("hid").get(0).path("value").asText()).isEqualTo("12hr");
        assertThat(value("Preferred_Codec_1_").isMissingNode()).isTrue();
        String whole = hub.get(DEVICE + "/profile").body();
        assertThat(whole)
                .contains("model SPA508G does not have it", "router-configuration/Time_Setup/Time_Server", "removed")
                .doesNotContain("Tq7-rosebud-41");
        HttpResponse<String> xml = hub.get(DEVICE + "/profile?rendered=true");
        assertThat(xml.headers().firstValue("Content-Type").orElse("")).startsWith("application/xml");
        assertThat(xml.body())
                .contains("<Time_Format ua=\"rw\">24hr</Time_Format>", "<Password_1_>********</Password_1_>")
                .doesNotContain("Tq7-rosebud-41");
    }

    @Test
    void history_tellsWhatADeviceWasGivenAndWhatWouldChange() throws Exception {
        try (PhoneUnderTest phone = phoneOfTheOrder()) {
            assertThat(phone.awaitUntil(now -> now.parameter("Password_1_").equals("Tq7-rosebud-41")))
                    .isTrue();
            phone.resync();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(difference("").isEmpty()).isTrue());
            Instant before = Instant.now();
            save("plan/office.yaml", "description: x\nvalues:\n  Station_Name: Reception\n");
            awaitValue("Station_Name", "Reception");
            assertThat(difference("").toString()).contains("Station_Name", "\"before\":null", "Reception", "GPP_P");
            phone.resync();
            assertThat(phone.awaitUntil(now -> now.parameter("Station_Name").equals("Reception")))
                    .isTrue();
            JsonNode profiles = JSON.readTree(hub.get(DEVICE + "/profiles").body());
            assertThat(profiles).hasSize(2);
            String then = hub.get(DEVICE + "/profile?at=" + before).body();
            assertThat(then).contains("User_ID_1_").doesNotContain("Reception").doesNotContain("Tq7-rosebud-41");
            assertThat(hub.get(DEVICE + "/profile?at=2020-01-01T00:00:00Z").statusCode())
                    .isEqualTo(404);
            assertThat(hub.get(DEVICE + "/profile?at=yesterday").statusCode()).isEqualTo(400);
        }
    }

    private void importPhones() throws Exception {
        String rows = Stream.of("000e08000001", "000e08000002", "000e08000003")
                .map(mac -> mac + ",SPA942,u" + mac + ",geheim-" + mac + ",sip.example.net\n")
                .reduce("macAddress,deviceModel,sipUser,sipPassword,sipDomain\n", String::concat);
        HttpResponse<String> answer = hub.post("/api/v1/imports", "text/csv", rows);
        assertThat(answer.body()).contains("ok").doesNotContain("failed");
    }

    private JsonNode difference(String query) throws Exception {
        return JSON.readTree(hub.get(DEVICE + "/profile/diff" + query).body()).path("differences");
    }

    private JsonNode dryRun(String path, String text) throws Exception {
        String body = JSON.writeValueAsString(Map.of(path, text));
        HttpResponse<String> answer = hub.post("/api/v1/layers/dry-run", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode layers() throws Exception {
        return JSON.readTree(hub.get("/api/v1/layers").body());
    }

    private void awaitValue(String name, String expected) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(value(name).path("value").asText("none")).isEqualTo(expected));
    }

    private JsonNode value(String name) throws Exception {
        JsonNode values = JSON.readTree(hub.get(DEVICE + "/profile").body()).path("values");
        for (JsonNode value : values) {
            if (value.path("name").asText().equals(name)) {
                return value;
            }
        }
        return values.path("none");
    }

    private int delete(String path) throws Exception {
        return hub.delete(path).statusCode();
    }

    private void save(String path, String text) throws IOException {
        Files.writeString(layers.resolve(path), text);
    }
}
