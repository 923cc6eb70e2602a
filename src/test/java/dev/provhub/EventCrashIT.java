package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed while orders come in and events go out. */
class EventCrashIT {
    private static final int ORDERS_BEFORE_KILL = 60;
    private static final List<String> OF_EACH =
            List.of("ServiceOrderCreateEvent", "ServiceOrderMilestoneEvent", "ServiceOrderStateChangeEvent");
    private static final Pattern API = Pattern.compile("\\bapi=127\\.0\\.0\\.1:([0-9]+)");

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    void kill_whileEventsGoOut_losesNoneAndKeepsEachOrdersOrder() throws Exception {
        Path data = folder.resolve("data");
        try (EventListener oss = new EventListener()) {
            Map<String, String> settings = HubUnderTest.settings(data, Map.of("hub.events.allow", oss.url()));
            try (HubProcess first = HubProcess.start(folder, settings, "run")) {
                first.awaitReady();
                String base = base(first);
                assertThat(post(base + "/hub", data, "{\"callback\": \"" + oss.url() + "/\"}")
                                .statusCode())
                        .isEqualTo(201);
                Thread[] clients = new Thread[4];
                for (int i = 0; i < clients.length; i++) {
                    int client = i;
                    clients[i] = new Thread(() -> order(base, data, client));
                    clients[i].start();
                }
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> acknowledged.size() > ORDERS_BEFORE_KILL
                                && !oss.received().isEmpty());
                first.kill();
                for (Thread client : clients) {
                    client.join();
                }
            }
            try (HubProcess second = HubProcess.start(folder, settings, "run")) {
                second.awaitReady();
                await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                    Map<String, List<String>> told = told(oss);
                    assertThat(told).containsKeys(acknowledged.toArray(String[]::new));
                    assertThat(told.values())
                            .allSatisfy(types -> assertThat(types).isEqualTo(OF_EACH));
                });
            }
        }
    }

    /** Types of events by order, each event once, in the order in which they came. */
    private static Map<String, List<String>> told(EventListener oss) {
        Map<String, Map<String, String>> events = new LinkedHashMap<>();
        oss.received().forEach(event -> events.computeIfAbsent(
                        event.json().path("correlationId").asText(), any -> new LinkedHashMap<>())
                .putIfAbsent(event.json().path("eventId").asText(), event.type()));
        Map<String, List<String>> types = new LinkedHashMap<>();
        events.forEach((order, byId) -> types.put(order, new ArrayList<>(byId.values())));
        return types;
    }

    /** Until the hub is gone. */
    private void order(String base, Path data, int client) {
        try {
            for (int number = 0; number < 10_000; number++) {
                HttpResponse<String> answer = post(base + "/serviceOrder", data, """
                        {"externalId": "C-%1$d-%2$d", "serviceOrderItem": [{"id": "1", "action": "add", "service": {
                         "serviceCharacteristic": [{"name": "macAddress", "value": "000e08%1$02x%2$04x"},
                         {"name": "deviceModel", "value": "SPA942"}, {"name": "sipUser", "value": "u"},
                         {"name": "sipPassword", "value": "p"}, {"name": "sipDomain", "value": "sip.example.net"}]}}]}
                        """.formatted(client, number));
                if (answer.statusCode() == 201) {
                    acknowledged.add(new ObjectMapper()
                            .readTree(answer.body())
                            .path("id")
                            .asText());
                }
            }
        } catch (IOException e) {
            assertThat(acknowledged).isNotEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String base(HubProcess hub) throws IOException {
        Matcher port = API.matcher(hub.output());
        assertThat(port.find()).as("the log names the port").isTrue();
        return "http://127.0.0.1:" + port.group(1) + "/tmf-api/serviceOrdering/v4";
    }

    private static HttpResponse<String> post(String url, Path data, String json)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + Files.readString(data.resolve("admin.token"))
                                                        .strip())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
