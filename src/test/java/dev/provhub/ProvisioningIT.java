package dev.provhub;

import static dev.provhub.ExternalProgram.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an order to an opened profile, with programs that others wrote in the place of the phone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvisioningIT {
    private static final MacAddress MAC = new MacAddress("0002fdff2103");
    private static final Pattern DIRECTORY = Pattern.compile("/p/([a-z2-7]{26,})/");

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;
    private static String directory = "";

    @BeforeAll
    static void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void order_posted_isAcknowledgedAndRepeatIsHarmless() throws Exception {
        String order = Files.readString(Path.of("docs/examples/order.json"));

        HttpResponse<String> first = hub.order(order);
        HttpResponse<String> repeat = hub.order(order);
        HttpResponse<String> other = hub.order(order.replace("Front desk", "Back desk"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(first.body() + repeat.body() + other.body()).doesNotContain("Tq7-rosebud-41");
    }

    @Test
    @Order(1)
    void order_bad_isRefusedWithFieldValueAndWhatIsAllowed() throws Exception {
        HttpResponse<String> answer = hub.order(Files.readString(Path.of("docs/examples/order.json"))
                .replace("CRM-4711", "CRM-4712")
                .replace("0002FDFF2103", "0002FDFF21"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("macAddress", "0002FDFF21", "twelve hex digits")
                .doesNotContain("Tq7-rosebud-41");
    }

    @Test
    @Order(1)
    void order_tooLarge_isRefusedInTheStandardsForm() throws Exception {
        HttpResponse<String> answer = hub.order("{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"@type\":\"Error\"", "\"code\":\"413\"", "1 MiB");
    }

    @Test
    @Order(2)
    void administration_withoutToken_isClosed() throws Exception {
        ExternalProgram.require("curl");
        String base = "http://" + hub.config().listeners().api();

        for (String path :
                new String[] {"/api/v1/devices/" + MAC, "/tmf-api/serviceOrdering/v4/serviceOrder", "/unknown", "/"}) {
            assertThat(status(base + path)).as(path).isEqualTo("401");
        }
        assertThat(status(base + "/health/live")).isEqualTo("200");
        assertThat(status(base + "/health/ready")).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spa508G.cfg", "//SPA508g.CFG", "spa508G.cfg"})
    @Order(2)
    void bootstrap_byEveryClient_isTheSameAndHoldsNoSecret(String name) throws Exception {
        ExternalProgram.require("curl");
        ExternalProgram.require("atftp");
        ExternalProgram.require("tftp");
        String slashed = name.startsWith("/") ? name : "/" + name;

        String overHttp = text(curl(hub.httpUrl() + slashed));

        assertThat(overHttp)
                .startsWith("<flat-profile>")
                .contains("/b/$(PSN)/$(MA).cfg?sn=$(SN)")
                .contains(hub.hub().publicAddresses().httpsLegacy())
                .doesNotContain("Tq7-rosebud-41")
                .doesNotContain("GPP_");
        assertThat(text(curl(hub.tftpUrl() + "/" + name))).isEqualTo(overHttp);
        assertThat(text(atftp(name))).isEqualTo(overHttp);
        assertThat(text(tftp(name))).isEqualTo(overHttp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b/508G/0002fdff2103.cfg",
                "/b/508G/000000000000.cfg",
                "/p/aaaaaaaaaaaaaaaaaaaaaaaaaa/0/1/profile.cfg",
                "/p/0002fdff2103/0/1/profile.cfg",
                "/unknown",
                "/firmware/none.bin",
                "/firmware/../hub.properties",
                "/XMLDefault.cnf.xml",
                "/ca/none.pem"
            })
    @Order(2)
    void withoutProof_whatIsNotForEverybody_isTheSame404(String path) throws Exception {
        ExternalProgram.require("curl");

        assertThat(run(null, "curl", "-s", "-i", "--path-as-is", hub.httpUrl() + path)
                        .text())
                .matches("(?s)HTTP/1.1 404 Not Found\r\nDate: [^\r]+\r\nContent-Length: 0\r\n\r\n");
        assertThat(run(null, "curl", "-s", "-k", "-i", "--path-as-is", hub.httpsUrl() + path)
                        .text())
                .matches("(?s)HTTP/1.1 404 Not Found\r\nDate: [^\r]+\r\nContent-Length: 0\r\n\r\n");
        // 68 is curl's word for TFTP error 1.
        assertThat(run(null, "curl", "-s", "--path-as-is", hub.tftpUrl() + path).exit())
                .isEqualTo(68);
    }

    @Test
    @Order(3)
    void keyProfile_underProof_bringsKeyAndDirectoryOverTls() throws Exception {
        ExternalProgram.require("curl");
        DeviceFiles.issue(hub, folder.resolve("phone"), MAC, "CBT141400UK", "SPA508G");

        String profile =
                text(withCertificate(hub.httpsUrl().replace("127.0.0.1", "localhost") + "/b/508G/0002fdff2103.cfg"));

        assertThat(profile)
                .contains("<GPP_A>", "<GPP_P>0</GPP_P>", "[--key $(A)]")
                .doesNotContain("Tq7-rosebud-41");
        Matcher found = DIRECTORY.matcher(profile);
        assertThat(found.find()).isTrue();
        directory = found.group(1);
        assertThat(hub.get("/api/v1/devices/" + MAC + "/key").body().strip())
                .matches("[0-9a-f]{64}")
                .isEqualTo(profile.replaceAll("(?s).*<GPP_A>([0-9a-f]+)</GPP_A>.*", "$1"));
        assertThat(text(withCertificate(hub.httpsUrl() + "/b/508G/0002fdff2103.cfg")))
                .as("asked again, by address")
                .isEqualTo(profile);
    }

    @Test
    @Order(4)
    void ownProfile_byEveryClient_opensWithTheKeyAndHoldsTheOrder() throws Exception {
        ExternalProgram.require("curl");
        ExternalProgram.require("openssl");
        ExternalProgram.require("atftp");
        ExternalProgram.require("tftp");
        String name = "/p/" + directory + "/0/7.6.2g/profile.cfg";

        String opened = open(curl(hub.httpUrl() + name));

        assertThat(opened)
                .contains(
                        "<User_ID_1_>4989123456</User_ID_1_>",
                        "<Password_1_>Tq7-rosebud-41</Password_1_>",
                        "<Auth_ID_1_>u4711</Auth_ID_1_>",
                        "<Display_Name_1_>Front desk</Display_Name_1_>",
                        "<Proxy_1_>sip.example.net</Proxy_1_>",
                        "<Outbound_Proxy_1_>proxy.example.net:5061</Outbound_Proxy_1_>",
                        "<SIP_Transport_1_>TLS</SIP_Transport_1_>");
        assertThat(open(run(null, "curl", "-s", "-k", hub.httpsUrl() + name).out()))
                .isEqualTo(opened);
        assertThat(open(curl(hub.tftpUrl() + "/" + name))).isEqualTo(opened);
        assertThat(open(atftp(name))).isEqualTo(opened);
        assertThat(open(tftp(name))).isEqualTo(opened);
    }

    @Test
    @Order(5)
    void appliedRevision_broughtBack_completesTheOrder() throws Exception {
        ExternalProgram.require("curl");
        ExternalProgram.require("openssl");
        String opened = open(curl(hub.httpUrl() + "/p/" + directory + "/0/7.6.2g/profile.cfg"));
        String revision = opened.replaceAll("(?s).*<GPP_P>([^<]+)</GPP_P>.*", "$1");
        assertThat(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder").body()).contains("\"inProgress\"");

        curl(hub.httpUrl() + "/p/" + directory + "/" + revision + "/7.6.2g/profile.cfg");

        assertThat(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder").body()).contains("\"completed\"");
        assertThat(hub.get("/api/v1/devices/" + MAC).body())
                .contains("\"SECURED\"", "\"runningVersion\":\"7.6.2g\"", revision)
                .doesNotContain("Tq7-rosebud-41");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999.ffffffffff", "1", "-1.x", "%3Cscript%3E", "\u00e4"})
    @Order(6)
    void revisionNobodyGave_isServedAndChangesNothingForOthers(String revision) throws Exception {
        ExternalProgram.require("curl");
        String version = "x".repeat(200);

        curl(hub.httpUrl() + "/p/" + directory + "/" + revision + "/" + version + "/profile.cfg");

        assertThat(hub.get("/api/v1/devices/" + MAC).body())
                .contains("\"runningVersion\":null")
                .doesNotContain("<");
    }

    @Test
    @Order(7)
    void otherDevicesCertificate_doesNotOpenAnothersWay() throws Exception {
        ExternalProgram.require("curl");
        DeviceFiles.issue(hub, folder.resolve("stranger"), new MacAddress("000e08000001"), "88012BA01234", "SPA942");

        // The certificate and the name contradict each other: that is no proof of anything
        assertThat(asStranger("/b/508G/0002fdff2103.cfg")).isEmpty();
        // Proven, but nobody has ordered it: it is told to come back, about itself, and nothing of the other.
        assertThat(asStranger("/b/942/000e08000001.cfg"))
                .contains("<Profile_Rule>")
                .doesNotContain("GPP_A")
                .doesNotContain(directory);
        assertThat(hub.get("/api/v1/devices/000e08000001").body()).contains("\"claimed\":false");
    }

    private String asStranger(String path) throws Exception {
        return run(
                        null,
                        "curl",
                        "-s",
                        "-k",
                        "--cert",
                        folder.resolve("stranger/device.crt").toString(),
                        "--key",
                        folder.resolve("stranger/device.key").toString(),
                        hub.httpsUrl() + path)
                .text();
    }

    @Test
    @Order(6)
    void legacyListener_speaksOldTlsAndTheModernOneDoesNot() throws Exception {
        ExternalProgram.require("openssl");

        assertThat(handshake(hub.config().listeners().httpsLegacy().toString(), "-tls1"))
                .contains("Protocol  : TLSv1\n");
        assertThat(handshake(hub.config().listeners().https().toString(), "-tls1"))
                .contains("Cipher is (NONE)");
        assertThat(handshake(hub.config().listeners().https().toString(), "-tls1_3"))
                .contains("TLSv1.3");
    }

    private static String handshake(String address, String version) throws Exception {
        return run(new byte[0], "openssl", "s_client", "-connect", address, version, "-cipher", "ALL:@SECLEVEL=0")
                .text();
    }

    private static String status(String url) throws Exception {
        return run(null, "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url)
                .text();
    }

    private static byte[] curl(String url) throws Exception {
        ExternalProgram.Result result = run(null, "curl", "-s", "-f", "--path-as-is", url);
        assertThat(result.exit()).as("curl " + url).isZero();
        return result.out();
    }

    private static byte[] withCertificate(String url) throws Exception {
        Path phone = folder.resolve("phone");
        ExternalProgram.Result result = run(
                null,
                "curl",
                "-sS",
                "-f",
                "--cacert",
                phone.resolve("ca.crt").toString(),
                "--cert",
                phone.resolve("device.crt").toString(),
                "--key",
                phone.resolve("device.key").toString(),
                url);
        assertThat(result.exit()).as("curl " + url + ": " + result.err()).isZero();
        return result.out();
    }

    private static byte[] atftp(String name) throws Exception {
        Path file = folder.resolve("atftp.out");
        ExternalProgram.Result result = run(
                null,
                "atftp",
                "-g",
                "-r",
                name,
                "-l",
                file.toString(),
                hub.tftp().host(),
                "" + hub.tftp().port());
        assertThat(result.exit()).as("atftp " + result.err()).isZero();
        return Files.readAllBytes(file);
    }

    private static byte[] tftp(String name) throws Exception {
        Path file = folder.resolve("tftp.out");
        ExternalProgram.Result result = run(
                null,
                "tftp",
                "-m",
                "binary",
                hub.tftp().host(),
                "" + hub.tftp().port(),
                "-c",
                "get",
                name,
                file.toString());
        assertThat(result.exit()).as("tftp " + result.err()).isZero();
        return Files.readAllBytes(file);
    }

    private static String open(byte[] sealed) throws Exception {
        String key = hub.get("/api/v1/devices/" + MAC + "/key").body().strip();
        ExternalProgram.Result gzip =
                run(sealed, "openssl", "enc", "-d", "-aes-256-cbc", "-md", "md5", "-pass", "pass:" + key);
        assertThat(gzip.exit()).as(gzip.err()).isZero();
        return run(gzip.out(), "gzip", "-dc").text();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
