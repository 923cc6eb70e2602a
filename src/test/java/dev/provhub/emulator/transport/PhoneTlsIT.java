package dev.provhub.emulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.transport.FetchResult.Body;
import dev.provhub.emulator.transport.FetchResult.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneTlsIT {
    private static TestPki pki;
    private static TestPki.Issued named;

    @BeforeAll
    static void makeCertificates() throws Exception {
        pki = new TestPki("Test CA");
        named = pki.issue("CN=localhost", new GeneralName(GeneralName.dNSName, "localhost"));
    }

    private static PhoneTls phone(TlsGeneration generation, @Nullable TlsIdentity identity, TestPki... trusted) {
        return new PhoneTls(
                generation,
                identity == null ? null : () -> identity,
                List.of(trusted).stream().map(TestPki::ca).toList(),
                new CaFiles(),
                () -> TestPki.NOW);
    }

    /** Says who the client is. */
    private static ScriptedServer server(SSLContext context, String protocol, boolean needClient) throws IOException {
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setNeedClientAuth(needClient);
        return new ScriptedServer(socket).answering("/a", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    static FetchResult get(PhoneTls tls, int port, ServerName rule) {
        NetworkTimeouts timeouts = new NetworkTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (PhoneNetwork network = PhoneNetwork.open(1);
                Fetcher fetcher = new Fetcher(
                        tls, new PhoneLine(network, ConnectVia.DIRECT, timeouts, LineQuality.PERFECT, new Random(1)))) {
            return fetcher.fetch(FetchRequest.get(new PhoneUrl(Scheme.HTTPS, "localhost", port, "/a"), "x", 100), rule)
                    .join();
        }
    }

    @Test
    void handshake_trustedServerOfTheRightName_succeeds() throws Exception {
        try (ScriptedServer server = server(pki.server(named), "TLSv1.2", false);
                ScriptedServer newest = server(pki.server(named), "TLSv1.3", false)) {
            PhoneTls tls = phone(TlsGeneration.MODERN, null, pki);

            assertThat(get(tls, server.port(), ServerName.ALTERNATIVE_NAMES)).isInstanceOf(Body.class);
            assertThat(get(tls, server.port(), ServerName.COMMON_NAME)).isInstanceOf(Body.class);
            assertThat(get(tls, newest.port(), ServerName.ALTERNATIVE_NAMES)).isInstanceOf(Body.class);
        }
    }

    @Test
    void handshake_serverOfAnUnknownCa_failsUntilItIsAdded() throws Exception {
        TestPki other = new TestPki("Other CA");
        try (ScriptedServer server = server(pki.server(named), "TLSv1.2", false)) {
            PhoneTls tls = phone(TlsGeneration.MODERN, null, other);
            assertThat(get(tls, server.port(), ServerName.COMMON_NAME)).isInstanceOf(Failed.class);
            assertThat(get(phone(TlsGeneration.MODERN, null), server.port(), ServerName.COMMON_NAME))
                    .isInstanceOf(Failed.class);

            assertThat(tls.trust(pki.pem())).isEqualTo(1);

            assertThat(get(tls, server.port(), ServerName.COMMON_NAME)).isInstanceOf(Body.class);
        }
    }

    @Test
    void handshake_serverOfAnotherName_failsByTheFamilysRule() throws Exception {
        TestPki.Issued onlySan = pki.issue("CN=prov.example.net", new GeneralName(GeneralName.dNSName, "localhost"));
        TestPki.Issued withText = pki.issue("CN=localhost/mailto:x@y");
        try (ScriptedServer sanServer = server(pki.server(onlySan), "TLSv1.2", false);
                ScriptedServer textServer = server(pki.server(withText), "TLSv1.2", false)) {
            PhoneTls tls = phone(TlsGeneration.MODERN, null, pki);

            assertThat(get(tls, sanServer.port(), ServerName.ALTERNATIVE_NAMES)).isInstanceOf(Body.class);
            assertThat(get(tls, sanServer.port(), ServerName.UNCHECKED)).isInstanceOf(Body.class);
            assertThat(get(tls, sanServer.port(), ServerName.COMMON_NAME))
                    .isEqualTo(new Failed("https_get failed: server certificate is not for localhost"));
            assertThat(get(tls, textServer.port(), ServerName.COMMON_NAME)).isInstanceOf(Body.class);
        }
    }

    @Test
    void handshake_serverWantsACertificate_getsTheDevices() throws Exception {
        try (ScriptedServer server = server(pki.server(named), "TLSv1.2", true)) {
            TlsIdentity identity = pki.identity("OU=SPA112,L=88012BA01234,ST=000e08abcdef");

            assertThat(get(phone(TlsGeneration.MODERN, identity, pki), server.port(), ServerName.COMMON_NAME))
                    .isInstanceOf(Body.class);
            assertThat(get(phone(TlsGeneration.MODERN, null, pki), server.port(), ServerName.COMMON_NAME))
                    .isInstanceOf(Failed.class);
        }
    }

    /** The JVM reads what it disables once, so the old generation is tried in a JVM of its own. */
    @Test
    void handshake_legacyPhone_speaksTls10WithItsCertificate(@TempDir Path folder) throws Exception {
        Path security = Files.writeString(folder.resolve("java.security"), "jdk.tls.disabledAlgorithms=\n");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties=" + security,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LegacyHandshake.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output, StandardCharsets.UTF_8)).isEqualTo("TLSv1 Body, TLSv1.2 Failed");
    }

    /** Runs in the nested JVM. */
    static final class LegacyHandshake {
        private LegacyHandshake() {}

        public static void main(String[] args) throws Exception {
            makeCertificates();
            TlsIdentity identity = pki.identity("OU=SPA-942,L=88019FA42805,ST=000e08abcdef");
            PhoneTls tls = phone(TlsGeneration.LEGACY, identity, pki);
            try (ScriptedServer old = server(pki.server(named), "TLSv1", true);
                    ScriptedServer modern = server(pki.server(named), "TLSv1.2", true)) {
                System.out.print("TLSv1 "
                        + get(tls, old.port(), ServerName.COMMON_NAME)
                                .getClass()
                                .getSimpleName()
                        + ", TLSv1.2 "
                        + get(tls, modern.port(), ServerName.COMMON_NAME)
                                .getClass()
                                .getSimpleName());
            }
        }
    }
}
