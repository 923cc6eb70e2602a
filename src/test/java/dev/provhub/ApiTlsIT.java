package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.pki.ClientTrust;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The administration interface over TLS, and that it is not offered in clear beyond this machine. */
class ApiTlsIT {
    @TempDir
    private Path folder;

    @Test
    void development_isServedOverTls_andCommandsFollow() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> tls = Map.of("hub.api.tls", "development", "hub.api.host", "0.0.0.0");
        try (HubUnderTest hub = HubUnderTest.start(data, tls)) {
            int port = hub.config().listeners().api().port();
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(ClientTrust.authority(data.resolve("certs/ca.crt")))
                    .build();
            assertThat(get(client, "https://localhost:" + port + "/health/live"))
                    .isEqualTo(200);
            assertThat(get(client, "https://127.0.0.1:" + port + "/api/v1/layers"))
                    .isEqualTo(401);
            assertThat(command(hub, tls, "layer", "status")).contains("in force since");
            assertThat(command(hub, tls, "token", "list")).contains("admin.token");
            assertThat(hub.hub().publicAddresses().api()).startsWith("https://");
        }
    }

    @Test
    void ownCertificate_isServed_andCommandsTrustItAlone() throws Exception {
        Path data = folder.resolve("data");
        HubCertificates others = HubCertificates.open(folder.resolve("others"), Clock.systemUTC(), new SecureRandom());
        KeyAndChain own = others.server("site", "hub.example.net");
        Path certificate = Files.writeString(folder.resolve("site.crt"), own.chainPem());
        Path key = Files.writeString(folder.resolve("site.key"), own.keyPem());
        Map<String, String> tls =
                Map.of("hub.api.tls.certificate", certificate.toString(), "hub.api.tls.key", key.toString());
        try (HubUnderTest hub = HubUnderTest.start(data, tls)) {
            assertThat(command(hub, tls, "layer", "status")).contains("in force since");

            KeyAndChain another = others.server("another", "hub.example.net");
            Path wrong = Files.writeString(folder.resolve("another.crt"), another.chainPem());
            Map<String, String> mistaken = new HashMap<>(tls);
            mistaken.put("hub.api.tls.certificate", wrong.toString());
            assertThat(command(hub, mistaken, "layer", "status")).contains("does not show the certificate");
        }
    }

    @Test
    void keyOfAnotherCertificate_stopsTheStartInOneLine() throws Exception {
        HubCertificates others = HubCertificates.open(folder.resolve("others"), Clock.systemUTC(), new SecureRandom());
        others.server("a", "a.example.net");
        others.server("b", "b.example.net");
        refused(
                Map.of(
                        "hub.api.tls.certificate",
                        folder.resolve("others/a.crt").toString(),
                        "hub.api.tls.key",
                        folder.resolve("others/b.key").toString()),
                "b.key is not the key of a.crt");
    }

    @Test
    void beyondThisMachineInClear_stopsTheStartInOneLine_unlessItIsAllowed() throws Exception {
        refused(Map.of("hub.api.host", "0.0.0.0"), "hub.api.host = 0.0.0.0 is not allowed; allowed: ");
        Map<String, String> allowed = Map.of("hub.api.host", "0.0.0.0", "hub.api.allow-clear", "true");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), allowed)) {
            assertThat(get(
                            HttpClient.newHttpClient(),
                            "http://127.0.0.1:" + hub.config().listeners().api().port() + "/health/live"))
                    .isEqualTo(200);
        }
    }

    private void refused(Map<String, String> settings, String reason) throws Exception {
        try (HubProcess hub =
                HubProcess.start(folder, HubUnderTest.settings(folder.resolve("refused"), settings), "run")) {
            assertThat(hub.awaitEnd(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(hub.output().strip().lines())
                    .singleElement()
                    .asString()
                    .startsWith("hub: ")
                    .contains(reason);
        }
    }

    private static int get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String command(HubUnderTest hub, Map<String, String> more, String... arguments) throws Exception {
        Map<String, String> settings =
                new HashMap<>(HubUnderTest.settings(hub.config().folders().data(), more));
        settings.put("hub.api.port", "" + hub.config().listeners().api().port());
        try (HubProcess process = HubProcess.start(folder, settings, arguments)) {
            process.awaitEnd(Duration.ofSeconds(60));
            return process.output();
        }
    }
}
