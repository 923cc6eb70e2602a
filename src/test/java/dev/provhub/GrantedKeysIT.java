package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The first key by other ways than a device's own good certificate, and certificates that are believed no more. */
class GrantedKeysIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final MacAddress STUDY = MacAddress.parse("000e08000002");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    private void start(Map<String, String> settings) throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), settings);
        ordered(KITCHEN, "SPA2102");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void ordered(MacAddress mac, String model) throws Exception {
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\nG-"
                                        + mac + ",add," + mac + "," + model + ",1,user-" + mac + ",pass-" + mac
                                        + ",sip.example.net\n")
                        .body())
                .contains(",ok,");
    }

    private GivenPhone aPhone() {
        return phones.aPhoneOf(hub).thatIs("SPA2102").withMac(KITCHEN).withSerial("FM500G234567");
    }

    private HttpResponse<String> granted(String json) throws IOException, InterruptedException {
        return hub.post("/api/v1/grants", "application/json", json);
    }

    private JsonNode grants() throws IOException, InterruptedException {
        return JSON.readTree(hub.get("/api/v1/grants").body()).path("grants");
    }

    private String state(MacAddress mac) throws IOException, InterruptedException {
        return JSON.readTree(hub.get("/api/v1/devices/" + mac).body())
                .path("state")
                .asText();
    }

    private void awaitOwnProfile(PhoneUnderTest phone, MacAddress mac) throws InterruptedException {
        phone.awaitParameter("User_ID_1_", "user-" + mac);
        phone.awaitSecured();
    }

    private int curl(String... arguments) throws IOException, InterruptedException {
        ExternalProgram.require("curl");
        String[] command = new String[arguments.length + 8];
        System.arraycopy(
                new String[] {
                    "curl", "-s", "-k", "-o", folder.resolve("got").toString(), "-w", "%{http_code}", "--max-time=20"
                },
                0,
                command,
                0,
                8);
        command[7] = "--tlsv1";
        System.arraycopy(arguments, 0, command, 8, arguments.length);
        return Integer.parseInt(ExternalProgram.run(null, command).text());
    }

    @Test
    void token_givesTheKeyToAPhoneWithoutCertificate_untilItHasAskedAtItsDirectory() throws Exception {
        start(Map.of());
        PhoneUnderTest phone = aPhone().withoutCertificate().switchedOn();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 1);
        HttpResponse<String> grant = granted("{\"kind\":\"token\",\"mac\":\"" + KITCHEN + "\",\"hours\":2}");
        assertThat(grant.statusCode()).isEqualTo(201);
        String url = JSON.readTree(grant.body()).path("url").asText();
        assertThat(url).matches("https://[^/]+/k/[a-z2-7]{26,}\\.cfg");

        phone.resyncTo(url);
        awaitOwnProfile(phone, KITCHEN);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(grants()).isEmpty());
        String modern = url.replace(
                hub.hub().publicAddresses().httpsLegacy(),
                hub.hub().publicAddresses().https());
        assertThat(curl(modern)).isEqualTo(404);
    }

    @Test
    void token_isRepeatableOverHttpsAndWorthNothingInClear() throws Exception {
        start(Map.of());
        String url = JSON.readTree(granted("{\"kind\":\"token\",\"mac\":\"" + KITCHEN + "\"}")
                        .body())
                .path("url")
                .asText();
        String path = url.substring(url.indexOf("/k/"));

        assertThat(curl(hub.httpUrl() + path)).isEqualTo(404);
        assertThat(state(KITCHEN)).isEqualTo("NEW");
        assertThat(curl(hub.httpsUrl() + path)).isEqualTo(200);
        assertThat(Files.readString(folder.resolve("got"))).contains("GPP_SA").doesNotContain("pass-");
        assertThat(curl(hub.httpsUrl() + path)).as("a lost answer").isEqualTo(200);
        assertThat(curl(hub.httpsUrl() + "/k/" + "a".repeat(26) + ".cfg")).isEqualTo(404);
    }

    @Test
    void exception_isForOneUnitAtOneAddress() throws Exception {
        start(Map.of());
        PhoneUnderTest phone = aPhone().withGenericCertificate().switchedOn();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 1);
        assertThat(phone.parameter("GPP_SA")).isEmpty();
        assertThat(granted("{\"kind\":\"exception\",\"mac\":\"" + KITCHEN + "\",\"serial\":\"FM500G999999\"}")
                        .statusCode())
                .isEqualTo(201);
        phone.resync();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 2);
        assertThat(state(KITCHEN)).as("another serial number").isEqualTo("NEW");

        assertThat(granted("{\"kind\":\"exception\",\"mac\":\"" + KITCHEN + "\",\"serial\":\"FM500G234567\"}")
                        .statusCode())
                .isEqualTo(201);
        phone.resync();

        awaitOwnProfile(phone, KITCHEN);
    }

    @Test
    void exception_usedFromTwoAddresses_isVoid() throws Exception {
        start(Map.of());
        Path generic = Files.createDirectories(folder.resolve("generic"));
        KeyAndChain pair = dev.provhub.pki.TestCertificates.of(
                hub.config().folders().data(),
                new org.bouncycastle.asn1.x500.X500Name("OU=cisco.com, L=ciscogeneric, ST=ciscogeneric"));
        Files.writeString(generic.resolve("device.crt"), pair.chainPem());
        Files.writeString(generic.resolve("device.key"), pair.keyPem());
        granted("{\"kind\":\"exception\",\"mac\":\"" + KITCHEN + "\",\"serial\":\"FM500F234567\"}");
        String[] asked = {
            "--cert",
            generic.resolve("device.crt").toString(),
            "--key",
            generic.resolve("device.key").toString(),
            hub.httpsUrl() + "/b/2102/" + KITCHEN + ".cfg?sn=FM500F234567"
        };

        assertThat(curl(with(asked, "--interface", "127.0.0.1"))).isEqualTo(200);
        assertThat(curl(with(asked, "--interface", "127.0.0.1"))).isEqualTo(200);
        assertThat(curl(with(asked, "--interface", "127.0.0.7"))).isEqualTo(404);
        assertThat(curl(with(asked, "--interface", "127.0.0.1")))
                .as("void for everybody")
                .isEqualTo(404);
        assertThat(grants().get(0).path("fault").asText()).contains("127.0.0.1", "127.0.0.7");
    }

    private static String[] with(String[] asked, String... more) {
        String[] all = new String[asked.length + more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(asked, 0, all, more.length, asked.length);
        return all;
    }

    @Test
    void stagingRange_givesTheKeyOverHttpsAlone() throws Exception {
        start(Map.of("hub.staging.ranges", "127.0.0.0/8"));
        PhoneUnderTest phone = aPhone().withoutCertificate().switchedOn();

        awaitOwnProfile(phone, KITCHEN);

        ordered(STUDY, "SPA2102");
        assertThat(curl(hub.httpUrl() + "/b/2102/" + STUDY + ".cfg")).isEqualTo(404);
        assertThat(state(STUDY)).isEqualTo("NEW");
    }

    @Test
    void targetedProfile_isReadByItsUnitAloneAndGivesNoCredentials() throws Exception {
        Path compilers = Files.createDirectories(folder.resolve("compilers"));
        script(compilers.resolve("SPA2xxx"), """
                #!/bin/sh
                [ "$1" = --target ] || { echo "wrong options" >&2; exit 1; }
                { printf 'SPC\\0%s\\n' "$2"; base64 "$3"; } > "$4"
                """);
        Path opener = script(folder.resolve("open.sh"), """
                #!/bin/sh
                file=$(mktemp)
                cat > "$file"
                head -c 16 "$file" | tail -c 12 | grep -q "^$1" || exit 1
                tail -n +2 "$file" | base64 -d
                rm -f "$file"
                """);
        start(Map.of("hub.targeting.compilers", compilers.toString()));
        PhoneUnderTest phone =
                aPhone().withoutCertificate().targetedWith(opener).switchedOn();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 1);
        assertThat(state(KITCHEN)).isEqualTo("NEW");

        assertThat(granted("{\"kind\":\"targeted\",\"mac\":\"all\"}").statusCode())
                .isEqualTo(201);
        assertThat(curl(hub.httpUrl() + "/b/2102/" + KITCHEN + ".cfg")).isEqualTo(200);
        byte[] targeted = Files.readAllBytes(folder.resolve("got"));
        assertThat(new String(targeted, java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("SPC\0" + KITCHEN);
        String inside = new String(
                java.util.Base64.getMimeDecoder().decode(java.util.Arrays.copyOfRange(targeted, 17, targeted.length)),
                java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(inside).contains("GPP_SA \"", "Profile_Rule ").doesNotContain("pass-", "user-");
        assertThat(state(KITCHEN)).as("given, and yet no proof").isEqualTo("NEW");

        phone.resync();
        awaitOwnProfile(phone, KITCHEN);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(KITCHEN)).isEqualTo("SECURED"));
        assertThat(curl(hub.httpUrl() + "/b/2102/" + KITCHEN + ".cfg"))
                .as("keyed already")
                .isEqualTo(404);
    }

    @Test
    void targetedProfile_whenTheCompilerFails_isNoAnswer() throws Exception {
        Path compilers = Files.createDirectories(folder.resolve("compilers"));
        script(compilers.resolve("SPA2xxx"), "#!/bin/sh\necho 'cannot read it' >&2\nexit 3\n");
        start(Map.of("hub.targeting.compilers", compilers.toString()));
        granted("{\"kind\":\"targeted\",\"mac\":\"" + KITCHEN + "\"}");

        assertThat(curl(hub.httpUrl() + "/b/2102/" + KITCHEN + ".cfg")).isEqualTo(503);

        assertThat(Files.size(folder.resolve("got"))).isZero();
        assertThat(state(KITCHEN)).isEqualTo("NEW");
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    @Test
    void anotherCertificateOfTheSameMac_isAFaultUntilItIsReleased() throws Exception {
        start(Map.of());
        PhoneUnderTest phone = aPhone().switchedOn();
        awaitOwnProfile(phone, KITCHEN);

        assertThat(askedWith("FM500G111111", "foreign")).as("another unit").isEqualTo(404);
        assertThat(askedWith("FM500G234567", "renewed"))
                .as("renewed for the same unit")
                .isEqualTo(200);

        assertThat(hub.delete("/api/v1/devices/" + KITCHEN + "/certificate").statusCode())
                .isEqualTo(204);
        JsonNode fleet = JSON.readTree(hub.get("/api/v1/certificates").body());
        assertThat(fleet.path("years")).isEmpty();
        assertThat(askedWith("FM500G234567", "again")).isEqualTo(200);
        assertThat(JSON.readTree(hub.get("/api/v1/certificates?days=99999").body())
                        .path("ending"))
                .hasSize(1);
    }

    private int askedWith(String serial, String name) throws Exception {
        HubCertificates certificates = HubCertificates.open(
                hub.config().folders().data().resolve("certs"), Clock.systemUTC(), new SecureRandom());
        KeyAndChain other = certificates.issueDevice(KITCHEN, serial, "SPA-2102");
        Path files = Files.createDirectories(folder.resolve(name));
        Files.writeString(files.resolve("device.crt"), other.chainPem());
        Files.writeString(files.resolve("device.key"), other.keyPem());
        return curl(
                "--cert",
                files.resolve("device.crt").toString(),
                "--key",
                files.resolve("device.key").toString(),
                hub.httpsUrl() + "/b/2102/" + KITCHEN + ".cfg");
    }

    @Test
    void revokedDevice_losesWhatItHoldsAndIsBelievedNoMore() throws Exception {
        start(Map.of());
        PhoneUnderTest phone = aPhone().switchedOn();
        awaitOwnProfile(phone, KITCHEN);

        assertThat(hub.post(
                                "/api/v1/revocations",
                                "application/json",
                                "{\"mac\":\"" + KITCHEN + "\",\"reason\":\"stolen\"}")
                        .statusCode())
                .isEqualTo(201);
        phone.resync();

        phone.awaitParameter("Password_1_", "");
        assertThat(askedWith("FM500G234567", "stolen")).isEqualTo(404);

        assertThat(hub.delete("/api/v1/revocations/mac/" + KITCHEN).statusCode())
                .isEqualTo(204);
        phone.resync();
        awaitOwnProfile(phone, KITCHEN);
    }

    @Test
    void mistakes_areToldWithWhatIsAllowed() throws Exception {
        start(Map.of());
        Map<String, String> wrong = new HashMap<>();
        wrong.put("{\"kind\":\"key\"}", "allowed: token, exception, targeted");
        wrong.put("{\"kind\":\"token\",\"mac\":\"000e08999999\"}", "is of no device that is claimed");
        wrong.put(
                "{\"kind\":\"token\",\"mac\":\"" + KITCHEN + "\",\"hours\":0}",
                "allowed: a whole number from 1 to 336");
        wrong.put("{\"kind\":\"exception\",\"mac\":\"" + KITCHEN + "\"}", "the unit's serial number");
        wrong.put(
                "{\"kind\":\"targeted\",\"MAC\":\"" + KITCHEN + "\"}",
                "field 'MAC' is none of hours, kind, mac, serial");
        wrong.put("{\"kind\":\"targeted\"}", "is of no device that is claimed");
        wrong.put("[", "not JSON");
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            HttpResponse<String> answer = granted(one.getKey());
            assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(422);
            assertThat(answer.body()).contains(one.getValue());
        }
    }
}
