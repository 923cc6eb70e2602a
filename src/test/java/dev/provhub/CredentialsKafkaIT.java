package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIP passwords that the hub makes, told to a topic as the how-to says, with a broker that is away at first. */
class CredentialsKafkaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final String ORDER = "externalId,macAddress,deviceModel,sipUser,sipDomain\n"
            + "G-1,000e08000001,SPA504G,kitchen,sip.example.net\n";

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    /** What the how-to says, word for word; only the place of the brokers is ours. */
    private static Map<String, String> documented(int port) throws IOException {
        Matcher blocks = Pattern.compile("(?s)```properties\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/how-to/generate-sip-passwords.md")));
        Map<String, String> settings = new HashMap<>();
        while (blocks.find()) {
            Properties block = new Properties();
            block.load(new StringReader(blocks.group(1)));
            if ("kafka".equals(block.getProperty("hub.credentials"))) {
                block.stringPropertyNames().forEach(name -> settings.put(name, block.getProperty(name)));
            }
        }
        assertThat(settings).containsKeys("hub.kafka.brokers", "hub.credentials.topic");
        settings.put("hub.kafka.brokers", "localhost:" + port);
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String ha1(String password) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest(("kitchen:sip.example.net:" + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void brokerThatIsAway_keepsThePhoneFromItsLine_andItsTopicIsToldOneDigest() throws Exception {
        CredentialsIT.configureToGenerate(folder.resolve("config"));
        int port = freePort();
        Map<String, String> settings = documented(port);
        String topic = settings.get("hub.credentials.topic");
        settings.put("hub.config", folder.resolve("config").toString());
        settings.put("hub.routes", Folders.eagerRoutes(folder.resolve("routes")).toString());
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            assertThat(hub.post("/api/v1/imports", "text/csv", ORDER).body()).contains("1,G-1,ok,");
            PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
            await().atMost(PATIENCE)
                    .until(() -> log.text().contains("Feed failed route=publish-credential-awaited")
                            && hub.get("/api/v1/devices/" + KITCHEN).body().contains("KEYED"));
            assertThat(phone.parameter("User_ID_1_")).isNotEqualTo("kitchen");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.get("/api/v1/health").body())
                            .contains("{\"name\":\"consumer:take-from-kafka\",\"state\":\"DEGRADED\"")
                            .doesNotContain("consumer:serve-http"));
            assertThat(hub.get("/health/ready").statusCode())
                    .as("phones are served")
                    .isEqualTo(200);

            try (KafkaBroker kafka = KafkaBroker.startOn(port, topic, settings.get("hub.kafka.orders"))) {
                phone.awaitParameter("User_ID_1_", "kitchen");
                String password = phone.parameter("Password_1_");
                assertThat(password).hasSize(20);
                // The same order again, and a second one for the same line: never another password
                assertThat(hub.post("/api/v1/imports", "text/csv", ORDER.replace("G-1", "G-2"))
                                .body())
                        .contains("nothing to change");
                List<ConsumerRecord<String, String>> told = kafka.read(topic, 1);
                assertThat(told).isNotEmpty().allSatisfy(record -> {
                    JsonNode one = JSON.readTree(record.value());
                    assertThat(record.key()).isEqualTo("kitchen@sip.example.net");
                    assertThat(one.path("user").asText()).isEqualTo("kitchen");
                    assertThat(one.path("realm").asText()).isEqualTo("sip.example.net");
                    assertThat(one.path("mac").asText()).isEqualTo(KITCHEN.hex());
                    assertThat(one.path("line").asInt()).isEqualTo(1);
                    assertThat(one.path("ha1").asText()).isEqualTo(ha1(password));
                    assertThat(one.has("password")).isFalse();
                });
                assertThat(log.text()).doesNotContain(password).doesNotContain(ha1(password));
            }
        }
    }
}
