package dev.provhub;

import static dev.provhub.ExternalProgram.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTPS listeners speak, as programs that others wrote see it. */
class TlsIT {
    /** What testssl.sh finds and what has to be so. */
    private static final Map<String, String> EXPECTED = Map.of(
            "cert_chain_of_trust", "the development CA is nobody's but the hub's own",
            "cert_revocation", "a development CA publishes no revocations",
            "secure_client_renego",
                    "guessed from how long a loop of attempts takes; that an attempt ends the connection is a test below",
            "DNS_CAArecord", "the listener is asked by address, which has no DNS record",
            "HSTS", "phones are no browsers; a hub's name is also served over plain HTTP on purpose",
            "security_headers", "phones are no browsers, and an answer has nothing that a phone does not need");

    private static final Set<String> WORRYING = Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void modernListener_judgedByTestssl_hasOnlyWhatADevelopmentCaMustHave() throws Exception {
        ExternalProgram.require("testssl");
        Path report = folder.resolve("testssl.json");

        ExternalProgram.Result result = run(
                600,
                null,
                "testssl",
                "--quiet",
                "--color",
                "0",
                "--warnings",
                "off",
                "--jsonfile",
                report.toString(),
                hub.config().listeners().https().toString());

        List<String> worrying = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (JsonNode finding : new ObjectMapper().readTree(report.toFile())) {
            all.add(finding.path("id").asText());
            if (WORRYING.contains(finding.path("severity").asText())
                    && !EXPECTED.containsKey(finding.path("id").asText())) {
                worrying.add(finding.toString());
            }
        }
        assertThat(all).as(result.text()).contains("TLS1_2", "TLS1_3", "heartbleed", "ROBOT", "cert_keySize");
        assertThat(worrying).isEmpty();
    }

    @Test
    void oldPhonesSuite_isSpokenByTheLegacyListenerAlone() throws Exception {
        ExternalProgram.require("openssl");

        assertThat(client(Door.LEGACY, "-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0"))
                .contains("Protocol  : TLSv1\n", "Cipher    : AES128-SHA");
        assertThat(client(Door.HTTPS, "-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0"))
                .contains("Cipher is (NONE)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AES128-SHA", "AES256-SHA", "DHE-RSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES128-GCM-SHA256"})
    void modernListener_withTls12_speaksNoSuiteWithoutForwardSecrecyOrAuthentication(String suite) throws Exception {
        ExternalProgram.require("openssl");

        assertThat(client(Door.HTTPS, "-tls1_2", "-cipher", suite + ":@SECLEVEL=0"))
                .contains("Cipher is (NONE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL-SHA", "ADH-AES128-SHA", "AECDH-AES128-SHA", "eNULL", "aNULL"})
    void legacyListener_speaksNoSuiteWithoutKeyOrCertificate(String suite) throws Exception {
        ExternalProgram.require("openssl");

        assertThat(client(Door.LEGACY, "-tls1", "-cipher", suite + ":@SECLEVEL=0"))
                .contains("Cipher is (NONE)");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"HTTPS", "LEGACY"})
    void listener_askedByAddressWithoutServerName_answers(Door door) throws Exception {
        ExternalProgram.require("openssl");

        String answer = talk(door, "GET /rc HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", "-noservername");

        assertThat(answer).contains("HTTP/1.1 200 OK", "<flat-profile>");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"HTTPS", "LEGACY"})
    void listener_askedByANameThatIsNotItsOwn_answers(Door door) throws Exception {
        ExternalProgram.require("openssl");

        String answer = talk(
                door,
                "GET /rc HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
                "-servername",
                "elsewhere.example");

        assertThat(answer).contains("HTTP/1.1 200 OK", "<flat-profile>");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"HTTPS", "LEGACY"})
    void handshake_askedForAgainByTheClient_endsTheConnection(Door door) throws Exception {
        ExternalProgram.require("openssl");

        String answer = run(
                        "R\nGET /rc HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII),
                        "openssl",
                        "s_client",
                        "-connect",
                        door.of(hub).toString(),
                        "-tls1_2",
                        "-cipher",
                        "ALL:@SECLEVEL=0")
                .text();

        assertThat(answer).contains("Secure Renegotiation IS supported").doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"HTTPS", "LEGACY"})
    void clearText_onATlsPort_getsNoPage(Door door) throws Exception {
        String answer = dev.provhub.listen.RawHttp.exchange(
                javax.net.SocketFactory.getDefault(),
                door.of(hub).port(),
                "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                true);

        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("HTTP/1.1 200", "<");
    }

    private static String client(Door door, String... options) throws Exception {
        return talk(door, "", options);
    }

    private static String talk(Door door, String request, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", door.of(hub).toString(), "-ign_eof"));
        command.addAll(List.of(options));
        if (request.isEmpty()) {
            command.remove("-ign_eof");
        }
        return run(request.getBytes(StandardCharsets.US_ASCII), command.toArray(String[]::new))
                .text();
    }
}
