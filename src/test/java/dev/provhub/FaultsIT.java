package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feed cannot deal with is kept, seen, tried again and dropped. */
class FaultsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FAILING_FEED = """
            - route:
                id: test-feed
                description: Bring one message that somebody else has to take
                from:
                  uri: timer
                  parameters:
                    timerName: test-feed
                    repeatCount: 1
                  steps:
                    - setBody:
                        id: test-feed-message
                        expression:
                          constant:
                            expression: '{"externalId":"T-1","sipPassword":"rosebud"}'
                    - setProperty:
                        id: test-feed-subject
                        name: hubSubject
                        expression:
                          constant:
                            expression: T-1
                    - to:
                        id: test-feed-give
                        uri: direct
                        parameters:
                          name: give-message
            - route:
                id: give-message
                description: Give a message to somebody else
                routeConfigurationId: hub-intake-errors
                from:
                  uri: direct
                  parameters:
                    name: give-message
                  steps:
                    - to:
                        id: give-message-post
                        uri: http
                        parameters:
                          httpUri: "127.0.0.1:%d"
            """;

    @TempDir
    private Path folder;

    private static JsonNode faults(HubUnderTest hub) throws Exception {
        return JSON.readTree(hub.get("/api/v1/faults").body());
    }

    private static JsonNode awaitFault(HubUnderTest hub) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(faults(hub).path("count").asInt()).isEqualTo(1));
        return faults(hub).at("/faults/0");
    }

    @Test
    void message_thatNobodyTakes_isAFaultUntilItIsTriedAgainWithSuccess() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path routes = folder.resolve("routes");
        Folders.copy(Path.of("routes"), routes);
        Files.writeString(routes.resolve("orders/give-message.camel.yaml"), FAILING_FEED.formatted(port));
        try (LoggedText log = new LoggedText();
                HubUnderTest hub =
                        HubUnderTest.start(folder.resolve("data"), Map.of("hub.routes", routes.toString()))) {
            JsonNode fault = awaitFault(hub);
            String path = "/api/v1/faults/" + fault.path("id").asText();
            assertThat(fault.path("feed").asText()).isEqualTo("give-message");
            assertThat(fault.path("subject").asText()).isEqualTo("T-1");
            assertThat(fault.path("reason").asText()).contains("refused");
            assertThat(fault.path("retryable").asBoolean()).isTrue();
            assertThat(hub.get(path).body()).contains("T-1", "******").doesNotContain("rosebud");

            assertThat(hub.post(path + "/retry", "application/json", "").statusCode())
                    .isEqualTo(409);
            assertThat(faults(hub).at("/faults/0/attempts").asInt()).isEqualTo(2);

            List<String> taken = new CopyOnWriteArrayList<>();
            HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            receiver.createContext("/", exchange -> {
                taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            receiver.start();
            try {
                assertThat(hub.post(path + "/retry", "application/json", "").body())
                        .contains("\"done\"");
            } finally {
                receiver.stop(0);
            }
            assertThat(taken).containsExactly("{\"externalId\":\"T-1\",\"sipPassword\":\"rosebud\"}");
            assertThat(faults(hub).path("count").asInt()).isZero();
            assertThat(hub.get("/api/v1/audit").body())
                    .contains("outcome=failed", "outcome=done")
                    .doesNotContain("rosebud");
            assertThat(log.text()).doesNotContain("rosebud");
        }
    }

    @Test
    void file_thatCannotBeTaken_isPutAsideAndBroughtBackByARetry() throws Exception {
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        // A folder where the result is to be written
        Files.createDirectory(imports.resolve("phones.result.part"));
        Files.writeString(imports.resolve("phones.csv"), Files.readString(Path.of("docs/examples/phones.csv")));
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            JsonNode fault = awaitFault(hub);
            assertThat(fault.path("feed").asText()).isEqualTo("import-csv");
            assertThat(fault.path("subject").asText()).isEqualTo("phones.csv");
            assertThat(imports.resolve("failed/phones.csv")).exists();
            assertThat(imports.resolve("phones.csv")).doesNotExist();

            // Tried again too early: the same fault, once more
            assertThat(hub.post("/api/v1/faults/" + fault.path("id").asText() + "/retry", "application/json", "")
                            .body())
                    .contains("\"sent\"");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            faults(hub).at("/faults/0/attempts").asInt())
                    .isEqualTo(2));
            assertThat(faults(hub).path("count").asInt()).isEqualTo(1);
            assertThat(faults(hub).at("/faults/0/id").asLong())
                    .isEqualTo(fault.path("id").asLong());
            assertThat(imports.resolve("failed/phones.csv")).exists();

            Files.delete(imports.resolve("phones.result.part"));
            // Another file of that name is taken meanwhile: it settles nothing
            Files.writeString(imports.resolve("phones.csv"), "macAddress,deviceModel\n");
            await().atMost(PATIENCE).until(() -> Files.exists(imports.resolve("phones.result.csv")));
            await().atMost(PATIENCE).until(() -> !Files.exists(imports.resolve("phones.csv")));
            assertThat(faults(hub).path("count").asInt()).isEqualTo(1);
            Files.delete(imports.resolve("phones.result.csv"));

            assertThat(hub.post("/api/v1/faults/" + fault.path("id").asText() + "/retry", "application/json", "")
                            .body())
                    .contains("\"sent\"");

            await().atMost(PATIENCE).until(() -> Files.exists(imports.resolve("phones.result.csv")));
            await().atMost(PATIENCE).until(() -> !Files.exists(imports.resolve("phones.csv")));
            assertThat(Files.readString(imports.resolve("phones.result.csv"))).contains(",ok,");
            assertThat(imports.resolve("failed/phones.csv")).doesNotExist();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(faults(hub).path("count").asInt()).isZero());
        }
    }

    @Test
    void fault_thatIsDropped_isGoneAndAudited() throws Exception {
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        Files.createDirectory(imports.resolve("phones.result.part"));
        Files.writeString(imports.resolve("phones.csv"), "macAddress\n");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String path = "/api/v1/faults/" + awaitFault(hub).path("id").asText();

            assertThat(hub.delete(path).statusCode()).isEqualTo(204);

            assertThat(hub.get(path).statusCode()).isEqualTo(404);
            assertThat(hub.get("/api/v1/audit").body()).contains("dropped the fault");
        }
    }
}
