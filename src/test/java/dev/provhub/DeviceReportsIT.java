package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reports of virtual phones, whose user plays with the settings. */
class DeviceReportsIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private PhoneUnderTest aPhone(String model) throws Exception {
        String row = "L-1,add,%s,%s,1,user-1,pass-word-1,sip.example.net%n".formatted(KITCHEN, model);
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + row)
                        .body())
                .contains(",ok,");
        PhoneUnderTest phone =
                phones.aPhoneOf(hub).thatIs(model).withMac(KITCHEN).switchedOn();
        phone.awaitParameter("User_ID_1_", "user-1");
        return phone;
    }

    @Test
    void report_nothingChanged_isAsGivenAndShowsNoSecret() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        phone.report();
        JsonNode event = awaitReport("report as given");
        assertThat(event.path("evidence").asText()).isEqualTo("proof");
        String report = hub.get(path("/report")).body();
        assertThat(report).contains("\"Proxy_1_\"", "sip.example.net").doesNotContain("pass-word-1", "/p/");
        assertThat(JSON.readTree(report).path("revision").asText()).isNotEmpty();
        assertThat(phone.told(PhoneEvent.Reported.class)).isNotEmpty().allMatch(PhoneEvent.Reported::sealed);
    }

    @Test
    void report_proxyChangedOnThePhone_isDriftThatIsRestored() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        phone.set("Proxy_1_", "sip.evil.example");
        phone.report();
        assertThat(awaitReport("report drift").path("reason").asText())
                .isEqualTo("changed on the phone: Proxy_1_ (restore)");
        JsonNode drift = JSON.readTree(hub.get(path("/drift")).body()).path("drift");
        assertThat(drift).singleElement().satisfies(one -> {
            assertThat(one.path("given").asText()).isEqualTo("sip.example.net");
            assertThat(one.path("found").asText()).isEqualTo("sip.evil.example");
        });
        phone.resync();
        phone.awaitParameter("Proxy_1_", "sip.example.net");
        phone.report();
        awaitReport("report as given");
        assertThat(JSON.readTree(hub.get(path("/drift")).body()).path("drift")).isEmpty();
    }

    @Test
    void report_comfortChangedOnThePhone_isKept() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        settle(phone, "Station_Name", "Kitchen");
        phone.set("Station_Name", "Grandma");
        phone.report();
        assertThat(awaitReport("report drift").path("reason").asText()).contains("Station_Name (ask)");
        phone.resync();
        phone.resync();
        assertThat(phone.parameter("Station_Name")).isEqualTo("Grandma");

        String restored = "{\"parameter\":\"Station_Name\",\"decision\":\"restore\"}";
        assertThat(hub.send("POST", path("/drift"), restored).statusCode()).isEqualTo(200);
        assertThat(hub.send("POST", path("/drift"), restored).body()).contains("is not undecided");
        phone.resync();
        phone.awaitParameter("Station_Name", "Kitchen");
    }

    @Test
    void report_ofAMultiplatformPhone_isAsGiven() throws Exception {
        PhoneUnderTest phone = aPhone("CP-8841-3PCC");
        phone.report();
        awaitReport("report as given");
    }

    @Test
    void report_overTftp_isTaken() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        assertThat(hub.send("PATCH", path(""), "{\"settings\":{\"profileTransport\":\"tftp\"}}")
                        .statusCode())
                .isEqualTo(200);
        phone.resync();
        phone.awaitUntil(
                "reports over TFTP", () -> phone.parameter("Report_Rule").contains("tftp://"));
        phone.report();
        assertThat(awaitReport("report as given").path("transport").asText()).isEqualTo("tftp");
    }

    @Test
    void report_madeWithOpensslByHand_isTakenUnderEitherDigest() throws Exception {
        ExternalProgram.require("openssl");
        PhoneUnderTest phone = aPhone("SPA504G");
        phone.resync();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(JSON.readTree(hub.get(path("")).body())
                                .path("appliedRevision")
                                .asText())
                        .contains("."));
        String key = hub.get(path("/key")).body().strip();
        URI place = URI.create(hub.httpUrl() + "/p/" + directory(phone) + "/report");
        for (String digest : new String[] {"md5", "sha256"}) {
            Path plain = Files.writeString(
                    folder.resolve("report.xml"),
                    "<flat-profile><Proxy_1_>other-" + digest + "</Proxy_1_></flat-profile>");
            Path sealed = folder.resolve("report.enc");
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "enc",
                            "-aes-256-cbc",
                            "-md",
                            digest,
                            "-k",
                            key,
                            "-in",
                            plain.toString(),
                            "-out",
                            sealed.toString())
                    .start();
            assertThat(openssl.waitFor()).isZero();
            assertThat(send(place, Files.readAllBytes(sealed)).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(hub.get(path("/drift")).body()).contains("other-" + digest));
        }
    }

    @Test
    void report_inClearOrUnderAnotherKeyOrAtNobodysPlace_isNotTaken() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        String place = hub.httpUrl() + "/p/" + directory(phone) + "/report";
        byte[] clear = "<flat-profile><Proxy_1_>x</Proxy_1_></flat-profile>".getBytes();
        assertThat(send(URI.create(place), clear).statusCode()).isEqualTo(404);
        assertThat(awaitReport("report refused").path("reason").asText()).contains("it came in clear");
        byte[] foreign = new byte[64];
        System.arraycopy("Salted__".getBytes(), 0, foreign, 0, 8);
        assertThat(send(URI.create(place), foreign).statusCode()).isEqualTo(404);
        assertThat(send(URI.create(hub.httpUrl() + "/p/" + "a".repeat(26) + "/report"), clear)
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.get(path("/report?kind=delta")).statusCode()).isEqualTo(404);
        assertThat(hub.get(path("/report?kind=poem")).statusCode()).isEqualTo(400);
    }

    @Test
    void report_inClearOverHttpsByWhoOnlySawTheDirectory_isNotTaken() throws Exception {
        ExternalProgram.require("curl");
        PhoneUnderTest phone = aPhone("SPA504G");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sk",
                        "-o",
                        folder.resolve("answer").toString(),
                        "-w",
                        "%{http_code}",
                        "--data-binary",
                        "<flat-profile><Profile_Rule>x</Profile_Rule><Station_Name>evil</Station_Name></flat-profile>",
                        hub.httpsUrl() + "/p/" + directory(phone) + "/report")
                .start();
        assertThat(new String(curl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("404");
        assertThat(JSON.readTree(hub.get(path("")).body()).path("settings")).isEmpty();
    }

    @Test
    void report_ofARevokedDevice_isNotTaken() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        hub.post("/api/v1/revocations", "application/json", "{\"mac\":\"" + KITCHEN + "\",\"reason\":\"stolen\"}");
        phone.set("Station_Name", "Thief");
        phone.report();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        hub.get(path("/contacts?kind=report")).body())
                .contains("a report of a device that is revoked: stolen"));
        assertThat(hub.get(path("/report")).statusCode()).isEqualTo(404);
    }

    @Test
    void report_withPasswordsWhereNoneBelong_showsNone() throws Exception {
        PhoneUnderTest phone = aPhone("SPA504G");
        settle(phone, "Station_Name", "Kitchen");
        phone.set("Station_Name", "pass-word-1");
        phone.set("GPP_B", "http://bob:hunter22@h/x");
        phone.set("GPP_C", "[--pwd \"two words\"] x");
        phone.report();
        awaitReport("report drift");
        for (String page : new String[] {"/report", "/drift", "/contacts"}) {
            assertThat(hub.get(path(page)).body()).doesNotContain("pass-word-1", "hunter22", "two words");
        }
        assertThat(JSON.readTree(hub.get(path("")).body())
                        .path("settings")
                        .path("Station_Name")
                        .asText())
                .isEqualTo("Kitchen");
    }

    private static String directory(PhoneUnderTest phone) {
        String rule = phone.parameter("Report_Rule");
        return rule.replaceFirst(".*/p/([^/]+)/report.*", "$1");
    }

    private static HttpResponse<Void> send(URI to, byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(to)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private void settle(PhoneUnderTest phone, String parameter, String value) throws Exception {
        String body = "{\"settings\":{\"" + parameter + "\":\"" + value + "\"}}";
        assertThat(hub.send("PATCH", path(""), body).statusCode()).isEqualTo(200);
        phone.resync();
        phone.awaitParameter(parameter, value);
    }

    private String path(String rest) {
        return "/api/v1/devices/" + KITCHEN + rest;
    }

    private JsonNode awaitReport(String outcome) throws Exception {
        JsonNode[] found = new JsonNode[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode events = JSON.readTree(
                            hub.get(path("/contacts?kind=report&limit=1")).body())
                    .path("events");
            assertThat(events).hasSize(1);
            assertThat(events.get(0).path("outcome").asText())
                    .as(events.get(0).toPrettyString())
                    .isEqualTo(outcome);
            found[0] = events.get(0);
        });
        return found[0];
    }
}
