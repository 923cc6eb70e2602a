package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SIP passwords that the hub makes: the platform has them before the phone has. */
class CredentialsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final String ORDER = "externalId,macAddress,deviceModel,sipUser,sipDomain\n"
            + "G-1,000e08000001,SPA504G,kitchen,sip.example.net\n";

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    @BeforeEach
    void generate() throws Exception {
        configureToGenerate(folder.resolve("config"));
    }

    /** The shipped configuration, but that the hub makes the passwords. */
    static void configureToGenerate(Path config) throws IOException {
        Folders.copy(Path.of("config"), config);
        Path mapping = config.resolve("order-mapping.yaml");
        String text = Files.readString(mapping);
        assertThat(text).contains("sipPassword:     { required: yes }");
        Files.writeString(
                mapping, text.replace("sipPassword:     { required: yes }", "sipPassword:     { generate: yes }"));
    }

    private HubUnderTest hub(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("hub.config", folder.resolve("config").toString());
        return HubUnderTest.start(folder.resolve("data"), settings);
    }

    @Test
    void mapping_thatGenerates_isRefusedWhereNobodyIsTold() {
        assertThatThrownBy(() -> hub(Map.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("order-mapping.yaml")
                .hasMessageContaining("hub.credentials");
    }

    @Test
    void platformThatIsAway_keepsThePhoneFromItsLine_andIsToldOnePassword() throws Exception {
        AtomicInteger status = new AtomicInteger(503);
        List<JsonNode> told = new CopyOnWriteArrayList<>();
        HttpServer platform = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        platform.createContext("/oss", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        platform.createContext("/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer platform-token-1");
            told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        platform.start();
        String origin = "http://127.0.0.1:" + platform.getAddress().getPort();
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = hub(Map.of(
                        "hub.credentials",
                        "http",
                        "hub.events.allow",
                        origin + ",http://127.0.0.1:1",
                        "hub.credentials.url",
                        origin + "/subscribers",
                        "hub.credentials.password",
                        "platform-token-1"))) {
            for (String listener : new String[] {origin + "/oss", "http://127.0.0.1:1/nobody"}) {
                assertThat(hub.post(
                                        "/tmf-api/serviceOrdering/v4/hub",
                                        "application/json",
                                        "{\"callback\": \"" + listener + "\"}")
                                .statusCode())
                        .isEqualTo(201);
            }
            assertThat(hub.post("/api/v1/imports", "text/csv", ORDER).body()).contains("1,G-1,ok,");
            PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
            await().atMost(PATIENCE)
                    .until(() -> told.size() >= 3
                            && !lines(log, "Phones wait:").isEmpty()
                            && hub.get("/api/v1/devices/" + KITCHEN).body().contains("KEYED"));
            assertThat(phone.parameter("User_ID_1_")).isNotEqualTo("kitchen");

            status.set(200);

            phone.awaitParameter("User_ID_1_", "kitchen");
            String password = phone.parameter("Password_1_");
            assertThat(password).hasSize(20);
            assertThat(told).allSatisfy(one -> {
                assertThat(one.path("user").asText()).isEqualTo("kitchen");
                assertThat(one.path("realm").asText()).isEqualTo("sip.example.net");
                assertThat(one.path("password").asText()).isEqualTo(password);
            });
            // The same order again, and a second one for the same line: never another password
            assertThat(hub.post("/api/v1/imports", "text/csv", ORDER).body()).contains("repeat of an earlier order");
            assertThat(hub.post("/api/v1/imports", "text/csv", ORDER.replace("G-1", "G-2"))
                            .body())
                    .contains("nothing to change");
            assertThat(log.text()).doesNotContain(password).doesNotContain("platform-token-1");
            assertThat(lines(log, "Feed failed route=publish-credential-awaited"))
                    .hasSize(1);
            assertThat(lines(log, "Phones wait: the SIP platform cannot be told"))
                    .hasSize(1);
            assertThat(lines(log, "events not taken listener=")).isNotEmpty();
            assertThat(lines(log, "Request failed route=")).isEmpty();
            for (String stack : new String[] {"HttpOperationFailedException: ", "ConnectException: "}) {
                assertThat(lines(log, stack)).as("stacks").isEmpty();
            }
        } finally {
            platform.stop(0);
        }
    }

    private static List<String> lines(LoggedText log, String with) {
        return log.text().lines().filter(line -> line.contains(with)).toList();
    }

    /** The shipped statement is PostgreSQL's; this one says the same to H2. */
    private Path statement() throws Exception {
        return Files.writeString(
                folder.resolve("subscriber.sql"),
                "merge into subscriber (username, domain, ha1) key (username, domain) values (:#user, :#realm, :#ha1)");
    }

    @Test
    void platformDatabase_isToldTheDigest() throws Exception {
        String url = "jdbc:h2:mem:platform" + folder.getFileName() + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table subscriber (username varchar(64), domain varchar(64), ha1 varchar(32), primary key (username, domain))");
            try (HubUnderTest hub = hub(Map.of(
                    "hub.credentials",
                    "sql",
                    "hub.credentials.form",
                    "ha1",
                    "hub.credentials.url",
                    url,
                    "hub.credentials.statement",
                    statement().toString()))) {
                String order = Files.readString(Path.of("docs/examples/order.json"))
                        .replaceFirst("(?s)\\{[^{}]*\"sipPassword\"[^{}]*},?", "");
                assertThat(hub.order(order).statusCode()).as(order).isEqualTo(201);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    try (ResultSet rows = statement.executeQuery("select username, ha1 from subscriber")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo("u4711");
                        assertThat(rows.getString(2)).matches("[0-9a-f]{32}");
                    }
                });
            }
        }
    }
}
