package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders from Kafka, and events to it, with a broker as it is. */
class KafkaIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String EVENT_ROUTE = """
            - route:
                id: test-event
                description: Publish one event
                routeConfigurationId: hub-feed-errors
                from:
                  uri: timer
                  parameters:
                    timerName: test-event
                    repeatCount: 1
                    delay: 100
                  steps:
                    - setBody:
                        id: test-event-body
                        expression:
                          constant:
                            expression: '{"event":"one"}'
                    - setHeader:
                        id: test-event-key
                        name: kafka.KEY
                        expression:
                          constant:
                            expression: order-1
                    - to:
                        id: test-event-publish
                        uri: direct
                        parameters:
                          name: publish-to-kafka
            """;

    private static KafkaBroker kafka;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = KafkaBroker.start("orders", "dead", "again", "events", "many", "shop-orders");
    }

    @AfterAll
    static void stopBroker() throws Exception {
        kafka.close();
    }

    private static Map<String, String> settings(String topic) {
        return Map.of(
                "hub.kafka.brokers",
                kafka.address(),
                "hub.kafka.orders",
                topic,
                "hub.kafka.dead-letters",
                "dead",
                "hub.kafka.events",
                "events",
                "hub.kafka.group",
                "hub-" + topic);
    }

    private static String flat(int number) {
        return "{\"externalId\":\"K-%1$d\",\"macAddress\":\"%2$012x\",\"deviceModel\":\"SPA504G\",\"sipUser\":\"%1$d\",\"sipPassword\":\"Pw-rosebud-%1$d\",\"sipDomain\":\"sip.example.net\"}"
                .formatted(number, 0x000e08100000L + number);
    }

    private static int orders(HubUnderTest hub) throws Exception {
        return Integer.parseInt(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder?limit=1")
                .headers()
                .firstValue("X-Total-Count")
                .orElseThrow());
    }

    @Test
    void messages_goodAndBad_areOrdersAndDeadLettersWithTheirReasons() throws Exception {
        kafka.send(
                "orders",
                List.of(
                        Files.readString(Path.of("docs/examples/order.json")),
                        "not JSON, with a secret: rosebud",
                        flat(1),
                        flat(2).replace("SPA504G", "SPA9999")));
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings("orders"))) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.committed("hub-orders", "orders"))
                    .isEqualTo(4));
            assertThat(orders(hub)).isEqualTo(2);
            assertThat(hub.get("/api/v1/devices/000e08100001").statusCode()).isEqualTo(200);

            List<ConsumerRecord<String, String>> dead = kafka.read("dead", 2);
            assertThat(dead)
                    .extracting(ConsumerRecord::value)
                    .containsExactly("not JSON, with a secret: rosebud", flat(2).replace("SPA504G", "SPA9999"));
            assertThat(dead)
                    .extracting(record ->
                            new String(record.headers().lastHeader("hub-reason").value()))
                    .satisfiesExactly(first -> assertThat(first).startsWith("not JSON"), second -> assertThat(second)
                            .startsWith("deviceModel 'SPA9999' is not allowed"));
            var faults = JSON.readTree(hub.get("/api/v1/faults").body());
            assertThat(faults.path("count").asInt()).isEqualTo(2);
            assertThat(faults.at("/faults/0/subject").asText()).isEqualTo("K-2");
            assertThat(hub.get("/api/v1/faults/" + faults.at("/faults/0/id").asText())
                            .body())
                    .contains("SPA9999")
                    .doesNotContain("rosebud");
            assertThat(hub.post(
                                    "/api/v1/faults/"
                                            + faults.at("/faults/0/id").asText() + "/retry",
                                    "application/json",
                                    "")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(log.text()).doesNotContain("rosebud");
        }
    }

    @Test
    void messages_thatComeAgain_changeNothingTwice() throws Exception {
        List<String> all = new ArrayList<>();
        for (int number = 100; number < 400; number++) {
            all.add(flat(number));
        }
        kafka.send("again", all);
        kafka.send("again", all);
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings("again"))) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.committed("hub-again", "again"))
                    .isEqualTo(600));
            assertThat(orders(hub)).isEqualTo(300);
            assertThat(hub.get("/api/v1/devices/000e08100064").body()).contains("\"revision\":1,");
        }
    }

    @Test
    void event_thatARoutePublishes_isInItsTopic() throws Exception {
        Path routes = folder.resolve("routes");
        Folders.copy(Path.of("routes"), routes);
        Files.writeString(routes.resolve("orders/test-event.camel.yaml"), EVENT_ROUTE);
        Map<String, String> settings = new java.util.HashMap<>(settings("many"));
        settings.put("hub.routes", routes.toString());
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            List<ConsumerRecord<String, String>> events = kafka.read("events", 1);

            assertThat(hub.config().folders().routes()).isEqualTo(routes);
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.key()).isEqualTo("order-1");
                assertThat(event.value()).isEqualTo("{\"event\":\"one\"}");
            });
        }
    }

    /** As docs/how-to/route-recipes.md has it, in a hub that knows of no broker. */
    @Test
    void messages_ofATopicOfTheSitesOwn_areOrdersAndFaults() throws Exception {
        kafka.send("shop-orders", List.of(flat(71), flat(72).replace("SPA504G", "SPA9999")));
        Path site = folder.resolve("site/orders/take-shop-topic.camel.yaml");
        try (HubUnderTest hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.routes.site", folder.resolve("site").toString()))) {
            Files.createDirectories(site.getParent());
            Files.writeString(
                    site,
                    RouteRecipesIT.block(
                                    Path.of("docs/how-to/route-recipes.md"),
                                    "## Take orders from a second topic\n",
                                    "yaml",
                                    1)
                            .replace("{{SITE_BROKERS:127.0.0.1:9092}}", kafka.address()));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.committed("hub-shop", "shop-orders"))
                    .isEqualTo(2));
            assertThat(orders(hub)).isEqualTo(1);
            assertThat(hub.get("/api/v1/devices/000e08100047").statusCode()).isEqualTo(200);
            assertThat(hub.get("/api/v1/faults").body()).contains("\"count\":1", "K-72");
        }
    }
}
