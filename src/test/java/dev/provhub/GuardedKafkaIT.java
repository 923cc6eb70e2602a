package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.emulator.transport.TestPki;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders from a broker of a company: over TLS with a certificate of the company's own CA, and for those whom it knows. */
class GuardedKafkaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private Path brokerStore;
    private Path trust;

    @BeforeEach
    void issue() throws Exception {
        TestPki company = new TestPki("Company CA");
        TestPki.Issued broker = company.issue("CN=localhost", new GeneralName(GeneralName.dNSName, "localhost"));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("broker", broker.keys().getPrivate(), STORE_PASSWORD, new Certificate[] {
            broker.certificate(), company.ca()
        });
        brokerStore = kept(own, "broker.p12");
        // Of this kind Java reads certificates without a password
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("company", company.ca());
        trust = kept(trusted, "trust.jks");
    }

    private Path kept(KeyStore store, String name) throws Exception {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, STORE_PASSWORD);
        }
        return file;
    }

    private Map<String, String> settings(int port, String java) {
        Map<String, String> settings = new HashMap<>(HubUnderTest.settings(folder.resolve("data"), Map.of()));
        settings.putAll(Map.of(
                "hub.kafka.brokers",
                "localhost:" + port,
                "hub.kafka.tls",
                "true",
                "hub.kafka.user",
                "hub",
                "hub.kafka.password",
                "Sesame-9",
                "java.tool.options",
                java));
        return settings;
    }

    @Test
    void broker_thatLetsTheHubInLater_isAskedUntilItDoes() throws Exception {
        int port = SippPeer.freePort();
        try (KafkaBroker kafka = KafkaBroker.startGuarded(port, brokerStore, "orders");
                HubProcess hub =
                        HubProcess.start(folder, settings(port, "-Djavax.net.ssl.trustStore=" + trust), "run")) {
            kafka.send("orders", List.of(Files.readString(Path.of("docs/examples/order.json"))));
            hub.awaitReady()
                    .awaitOutput("Kafka does not let the hub read, it is asked again reason=\"SaslAuth", PATIENCE);

            kafka.letIn("hub", "Sesame-9");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.committed("provisioning-hub", "orders"))
                    .isEqualTo(1));
            assertThat(hub.output())
                    .contains("orders taken route=take-from-kafka ok=1")
                    .doesNotContain("Fault kept", "Sesame-9");
        }
    }

    @Test
    void broker_ofAnUnknownCa_getsNothingAndIsToldByTheLog() throws Exception {
        int port = SippPeer.freePort();
        try (KafkaBroker kafka = KafkaBroker.startGuarded(port, brokerStore, "orders");
                HubProcess hub = HubProcess.start(folder, settings(port, ""), "run")) {
            kafka.letIn("hub", "Sesame-9");

            hub.awaitReady().awaitOutput("failed authentication due to: SSL handshake failed", PATIENCE);
            hub.awaitOutput("check=consumer:take-from-kafka", PATIENCE);

            assertThat(hub.output()).doesNotContain("Fault kept", "Sesame-9");
        }
    }
}
