package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Troubles as they happen to phones in the field: for each the device log names the usual cause. */
class TroublesIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final MacAddress HALL = MacAddress.parse("000e08000002");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.config", aConfigWithAWrongDigest().toString()));
        String row =
                "L-1,add,%s,SPA504G,1,user-1,pass-1,sip.example.net%nL-2,add,%s,SPA514G,1,user-2,pass-2,sip.example.net%n"
                        .formatted(KITCHEN, HALL);
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + row)
                        .body())
                .contains(",ok,");
        String syslog = "{\"settings\":{\"Syslog_Server\":\"127.0.0.1:"
                + hub.config().deviceLog().syslog().port() + "\"}}";
        assertThat(hub.send("PATCH", "/api/v1/devices/" + KITCHEN, syslog).statusCode())
                .isEqualTo(200);
    }

    /** For the family of the SPA514G alone. */
    private Path aConfigWithAWrongDigest() throws IOException {
        Path config = folder.resolve("config");
        Folders.copy(Path.of("config"), config);
        Path models = config.resolve("models.yaml");
        String text = Files.readString(models);
        Files.writeString(models, text.replaceFirst("(?s)(\\n  SPA51x:.*?digest: )md5", "$1sha256"));
        assertThat(models).content().isNotEqualTo(text);
        return config;
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private GivenPhone aPhone() {
        return phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN);
    }

    private PhoneUnderTest aSecuredPhone() throws Exception {
        PhoneUnderTest phone = aPhone().switchedOn();
        phone.awaitParameter("User_ID_1_", "user-1");
        return phone;
    }

    @Test
    void wrongKey_isAKeyMismatch() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        phone.set("GPP_A", "0".repeat(64));
        phone.resync();
        awaitCause("key-mismatch");
    }

    @Test
    void digestOfAnotherGeneration_isNeverOpened() throws Exception {
        phones.aPhoneOf(hub).thatIs("SPA514G").withMac(HALL).switchedOn();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(causes(HALL)).contains("never-opened"));
    }

    @Test
    void modelThatNobodyKnows_isUnknownModel() throws Exception {
        MacAddress stranger = MacAddress.parse("000e08000004");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.httpUrl() + "/spa999G.cfg"))
                                .header("User-Agent", "Cisco/SPA999G-7.4.8 (000E08000004)(CBT1)")
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(causes(stranger)).contains("unknown-model"));
    }

    @Test
    void revokedDevice_isRevoked() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        assertThat(hub.post(
                                "/api/v1/revocations",
                                "application/json",
                                "{\"mac\":\"" + KITCHEN + "\",\"reason\":\"stolen\"}")
                        .statusCode())
                .isEqualTo(201);
        phone.resync();
        awaitCause("certificate-revoked");
        assertThat(log().toString()).contains("revoked: stolen");
    }

    @Test
    void proxyChangedOnThePhone_isChangedOnPhone() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        phone.set("Proxy_1_", "sip.evil.example");
        phone.report();
        awaitCause("changed-on-phone");
        assertThat(log().toString()).contains("Proxy_1_ (restore)");
    }

    @Test
    void genericCertificate_isSaid() throws Exception {
        aPhone().withGenericCertificate().switchedOn();
        awaitCause("certificate-generic");
    }

    @Test
    void certificateOfAnotherPhone_isAContradiction() throws Exception {
        aPhone().withCertificateOf(MacAddress.parse("000e08000009")).switchedOn();
        awaitCause("contradiction");
    }

    @Test
    void noCertificate_isSaid() throws Exception {
        aPhone().withoutCertificate().switchedOn();
        awaitCause("no-certificate");
    }

    @Test
    void phoneThatNobodyOrdered_isUnclaimed() throws Exception {
        MacAddress stranger = MacAddress.parse("000e08000003");
        phones.aPhoneOf(hub).thatIs("SPA504G").withMac(stranger).switchedOn();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(causes(stranger)).contains("unclaimed"));
    }

    private void awaitCause(String id) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(causes(KITCHEN)).as(log().toPrettyString()).contains(id));
    }

    private JsonNode log() throws Exception {
        return JSON.readTree(
                hub.get("/api/v1/devices/" + KITCHEN + "/contacts?limit=200").body());
    }

    /** All that the log explains, whether it still holds or is over. */
    private List<String> causes(MacAddress mac) throws Exception {
        List<String> causes = new ArrayList<>();
        JSON.readTree(hub.get("/api/v1/devices/" + mac + "/contacts?limit=200").body())
                .path("causes")
                .forEach(cause -> causes.add(cause.path("id").asText()));
        return causes;
    }
}
