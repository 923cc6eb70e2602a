package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A multiplatform phone whose profiles are sealed by RFC 8188 instead of a key in its rule. */
class ContentEncryptionIT {
    private static final MacAddress STUDY = MacAddress.parse("00562b043615");
    private static final String MODEL = "CP-8841-3PCC";
    private static final String NEW_FIRMWARE = "sip88xx.12-0-7MPP0201-66";
    private static final String OLD_FIRMWARE = "sip88xx.11-0-1MPP-376";
    private static final String MATERIAL = "IKM_HTTP_Encrypt_Content";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPEN = """
            const ece = require(process.argv[1]);
            const chunks = [];
            process.stdin.on('data', c => chunks.push(c)).on('end', () =>
              process.stdout.write(ece.decrypt(Buffer.concat(chunks), { version: 'aes128gcm', key: process.argv[2] })));
            """;

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(2400);

    @TempDir
    private Path folder;

    private HubUnderTest hub;
    private Path layer;

    @BeforeEach
    void start() throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        layer = folder.resolve("config/layers/model/" + MODEL + ".yaml");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void sealing(String word) throws Exception {
        Files.writeString(layer, "description: Under test\nsettings:\n  profileSealing: " + word + "\n");
    }

    private PhoneUnderTest aPhone() throws Exception {
        return aPhoneRunning(NEW_FIRMWARE);
    }

    private PhoneUnderTest aPhoneRunning(String firmware) throws Exception {
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.config", folder.resolve("config").toString()));
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + "C-1,add," + STUDY + "," + MODEL
                                        + ",1,study,secret-of-the-line,sip.example.net\n")
                        .body())
                .contains(",ok,");
        PhoneUnderTest phone = phones.aPhoneOf(hub)
                .thatIs(MODEL)
                .withMac(STUDY)
                .running(firmware)
                .switchedOn();
        phone.awaitParameter("User_ID_1_", "study");
        return phone;
    }

    private JsonNode device() throws Exception {
        return JSON.readTree(hub.get("/api/v1/devices/" + STUDY).body());
    }

    private void display(PhoneUnderTest phone, String name) throws Exception {
        String body = "{\"settings\":{\"Station_Name\":\"" + name + "\"}}";
        assertThat(hub.send("PATCH", "/api/v1/devices/" + STUDY, body).statusCode())
                .isEqualTo(200);
        phone.awaitParameter("Station_Name", name);
    }

    private static String place(PhoneUnderTest phone) {
        return phone.ownPlace().replace("profile.cfg", "profile.gcm");
    }

    private static HttpResponse<byte[]> fetched(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void life_fromTheFactoryThroughAChangeAndARotation_needsNoKeyInTheRule() throws Exception {
        sealing("aes128gcm");
        PhoneUnderTest phone = aPhone();

        assertThat(phone.isSecured()).isTrue();
        assertThat(phone.parameter("Profile_Rule")).doesNotContain("--key").endsWith("/profile.gcm");
        assertThat(phone.parameter(MATERIAL)).matches("[A-Za-z0-9_-]{22}");
        assertThat(device().path("state").asText()).isEqualTo("SECURED");
        display(phone, "changed");

        String oldMaterial = phone.parameter(MATERIAL);
        String oldPlace = place(phone);
        assertThat(hub.post("/api/v1/devices/" + STUDY + "/rotate-key", "application/json", "")
                        .statusCode())
                .isEqualTo(202);
        phone.awaitUntil("new material", () -> !phone.parameter(MATERIAL).equals(oldMaterial));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(fetched(oldPlace).statusCode()).isEqualTo(404));
        assertThat(place(phone)).isNotEqualTo(oldPlace);
        display(phone, "rotated");
    }

    @Test
    void firmwareTooOld_keepsTheKeyInTheRule_andNewerFirmwareTakesOver() throws Exception {
        sealing("aes128gcm");
        PhoneUnderTest old = aPhoneRunning(OLD_FIRMWARE);

        assertThat(old.isSecured()).isTrue();
        assertThat(old.parameter("Profile_Rule")).contains("--key").endsWith("/profile.cfg");
        assertThat(old.parameter(MATERIAL)).isEmpty();
        assertThat(device().path("runningVersion").asText()).isEqualTo(OLD_FIRMWARE);
        display(old, "still by key");

        // What it would ask when it had been upgraded
        String upgraded = old.ownPlace().replace("/7.4.8a/", "/" + NEW_FIRMWARE + "/");
        old.close();
        assertThat(preview()).doesNotContain(MATERIAL);
        assertThat(fetched(upgraded).statusCode()).isEqualTo(200);
        assertThat(device().path("runningVersion").asText()).isEqualTo(NEW_FIRMWARE);
        assertThat(preview()).contains(MATERIAL);
    }

    private String preview() throws Exception {
        return hub.get("/api/v1/devices/" + STUDY + "/profile").body();
    }

    @Test
    void answer_isOpenedByOthers() throws Exception {
        String module = Path.of(ExternalProgram.requireNodeModule("http_ece"), "http_ece")
                .toString();
        sealing("aes128gcm");
        PhoneUnderTest phone = aPhone();

        HttpResponse<byte[]> answer = fetched(place(phone));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("aes128gcm");
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).doesNotContain("study");
        byte[] opened = ExternalProgram.run(answer.body(), "node", "-e", OPEN, module, phone.parameter(MATERIAL))
                .out();
        try (GZIPInputStream xml = new GZIPInputStream(new ByteArrayInputStream(opened))) {
            assertThat(new String(xml.readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("<User_ID_1_>study</User_ID_1_>", "secret-of-the-line");
        }
        assertThat(fetched(phone.ownPlace()).headers().firstValue("Content-Encoding"))
                .as("asked with a key in the rule")
                .isEmpty();
        assertThat(hub.get("/api/v1/devices/" + STUDY + "/profile").body()).doesNotContain(phone.parameter(MATERIAL));
    }

    @Test
    void layerEdits_changeOverInBothDirections() throws Exception {
        sealing("openssl");
        PhoneUnderTest phone = aPhone();
        assertThat(phone.parameter("Profile_Rule")).contains("--key");
        assertThat(phone.parameter(MATERIAL)).isEmpty();

        sealing("aes128gcm");
        phone.awaitUntil(
                "no key in the rule", () -> !phone.parameter("Profile_Rule").contains("--key"));
        display(phone, "by content");

        sealing("openssl");
        phone.awaitUntil(
                "a key in the rule", () -> phone.parameter("Profile_Rule").contains("--key"));
        assertThat(phone.parameter(MATERIAL)).isEmpty();
        display(phone, "by key");
    }
}
