package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of as many items as one may have, and what else is wanted meanwhile. */
class LargeOrdersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/tmf-api/serviceOrdering/v4";
    private static final String ORDERS = BASE + "/serviceOrder";
    /** Several turns of the fulfilment, which takes 50 at once. */
    private static final int ITEMS = 160;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private static String order(String externalId, int items, IntFunction<String> item) {
        return "{\"externalId\": \"" + externalId + "\", \"serviceOrderItem\": ["
                + IntStream.range(0, items).mapToObj(item).collect(Collectors.joining(",")) + "]}";
    }

    private static String add(int item, String mac) {
        return """
                {"id": "i%d", "action": "add", "service": {"serviceCharacteristic": [
                  {"name": "macAddress", "value": "%s"}, {"name": "deviceModel", "value": "SPA504G"},
                  {"name": "sipUser", "value": "u%d"}, {"name": "sipPassword", "value": "Tq7-rosebud-41"},
                  {"name": "sipDomain", "value": "sip.example.net"}]}}""".formatted(item, mac, item);
    }

    private static String oneDevice(int item) {
        return item == 0 ? add(0, "000e08000001") : """
                {"id": "i%d", "action": "modify", "service": {"serviceCharacteristic": [
                  {"name": "macAddress", "value": "000e08000001"}, {"name": "displayName", "value": "Name %d"}]}}""".formatted(item, item);
    }

    private static JsonNode answered(HttpResponse<String> answer, int status, String definition) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(TmfStandard.faults(body, definition)).isEmpty();
        return body;
    }

    private static CompletableFuture<HttpResponse<String>> beside(HubUnderTest hub, String order) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return hub.order(order);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String taken(HubUnderTest hub, String externalId) {
        return await().atMost(PATIENCE)
                .until(
                        () -> JSON.readTree(hub.get(ORDERS + "?fields=id&externalId=" + externalId)
                                        .body())
                                .path(0)
                                .path("id")
                                .asText(),
                        id -> !id.isEmpty());
    }

    private static String state(HubUnderTest hub, String id) throws Exception {
        return JSON.readTree(hub.get(ORDERS + "/" + id + "?fields=state").body())
                .path("state")
                .asText();
    }

    @Test
    void ordersOfTheMostItems_andWhatIsWantedBeside_allEndRightly() throws Exception {
        try (EventListener listener = new EventListener();
                HubUnderTest hub = HubUnderTest.start(
                        folder.resolve("data"),
                        Map.of("hub.events.allow", listener.url(), "hub.orders.max-items", "" + ITEMS))) {
            answered(
                    hub.post(BASE + "/hub", "application/json", "{\"callback\": \"" + listener.url() + "/\"}"),
                    201,
                    "EventSubscription");
            CompletableFuture<HttpResponse<String>> big = beside(hub, order("ONE", ITEMS, LargeOrdersIT::oneDevice));
            String one = taken(hub, "ONE");
            JsonNode patched = answered(
                    hub.send("PATCH", ORDERS + "/" + one, "{\"description\": \"beside\"}"), 200, "ServiceOrder");
            assertThat(patched.path("description").asText()).isEqualTo("beside");
            answered(hub.order(order("NEXT", 1, item -> oneDevice(77))), 201, "ServiceOrder");
            answered(big.join(), 201, "ServiceOrder");

            CompletableFuture<HttpResponse<String>> many =
                    beside(hub, order("MANY", ITEMS, item -> add(item, "000e08%06x".formatted(0x1000 + item))));
            String devices = taken(hub, "MANY");
            answered(
                    hub.post(
                            BASE + "/cancelServiceOrder",
                            "application/json",
                            "{\"serviceOrder\": {\"id\": \"" + devices + "\"}}"),
                    201,
                    "CancelServiceOrder");
            answered(many.join(), 201, "ServiceOrder");
            await().atMost(PATIENCE).until(() -> state(hub, devices).equals("cancelled"));
            assertThat(JSON.readTree(hub.get("/api/v1/devices?limit=10&fields=mac,claimed&filter=claimed=yes")
                                    .body())
                            .path("devices"))
                    .hasSize(1);

            assertThat(JSON.readTree(hub.get("/api/v1/devices/000e08000001").body())
                            .at("/lines/0/displayName")
                            .asText())
                    .isEqualTo("Name 77");
            assertThat(state(hub, one)).isEqualTo("inProgress");
            String gone = "{\"id\":\"1\",\"action\":\"delete\",\"service\":{\"serviceCharacteristic\":"
                    + "[{\"name\":\"macAddress\",\"value\":\"000e08000001\"}]}}";
            answered(hub.order(order("GONE", 1, item -> gone)), 201, "ServiceOrder");
            await().atMost(PATIENCE).until(() -> state(hub, taken(hub, "GONE")).equals("completed"));
            JsonNode overtaken = answered(hub.get(ORDERS + "/" + one), 200, "ServiceOrder");
            assertThat(overtaken.path("state").asText()).isEqualTo("cancelled");
            assertThat(overtaken.at("/errorMessage/0/code").asText()).isEqualTo("overtaken");
            assertThat(state(hub, taken(hub, "NEXT"))).isEqualTo("cancelled");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(changes(listener))
                    .as("those of different orders in any order")
                    .contains("ONE cancelled", "NEXT cancelled", "MANY cancelled", "GONE completed"));
            checkEvents(listener.received());
        }
    }

    private static List<String> changes(EventListener listener) {
        return listener.received().stream()
                .filter(event -> event.type().equals("ServiceOrderStateChangeEvent"))
                .map(event -> event.json().at("/event/serviceOrder"))
                .map(order -> order.path("externalId").asText() + " "
                        + order.path("state").asText())
                .toList();
    }

    private static void checkEvents(List<EventListener.Received> events) {
        for (EventListener.Received event : events) {
            JsonNode json = event.json();
            assertThat(TmfStandard.faults(json, event.type())).isEmpty();
            if (event.type().equals("ServiceOrderMilestoneEvent")) {
                JsonNode order = json.at("/event/serviceOrder");
                assertThat(order.path("serviceOrderItem").size())
                        .as("of the items of one transaction")
                        .isBetween(1, 50)
                        .isEqualTo(order.path("milestone").size());
                assertThat(order.path("externalId").asText()).isNotEmpty();
            }
        }
    }
}
