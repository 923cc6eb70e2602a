package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.secrets.MessageSignature;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** TMF641 as an OSS has it: over HTTP, with a phone at the end, each answer and event held against the standard's own file. */
class Tmf641IT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/tmf-api/serviceOrdering/v4";
    private static final String ORDERS = BASE + "/serviceOrder";
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private static String line(String externalId, String mac, int line, String more) {
        return """
                {"externalId": "%s", "note": [{"text": "hello", "vendorField": 1}], "x-site": {"a": 1},
                 "serviceOrderItem": [{"id": "1", "action": "add", "@type": "ServiceOrderItem", "service": {"state": "active",
                  "serviceCharacteristic": [
                   {"name": "macAddress", "value": "%s"}, {"name": "deviceModel", "value": "SPA504G"},
                   {"name": "lineNumber", "value": %d}, {"name": "sipUser", "value": "user-%d"},
                   {"name": "sipPassword", "value": "Tq7-rosebud-41"}, {"name": "sipDomain", "value": "sip.example.net"}%s]}}]}
                """.formatted(externalId, mac, line, line, more);
    }

    private static JsonNode checked(HttpResponse<String> answer, int status, String definition) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("rosebud");
        JsonNode body = JSON.readTree(answer.body());
        if (body.isArray()) {
            body.forEach(one -> assertThat(TmfStandard.faults(one, definition)).isEmpty());
        } else {
            assertThat(TmfStandard.faults(body, definition)).isEmpty();
        }
        return body;
    }

    private static JsonNode refused(HttpResponse<String> answer, String method, String path, int status)
            throws Exception {
        assertThat(TmfStandard.hasStatus(method, path, status))
                .as(method + " " + path + " " + status)
                .isTrue();
        return checked(answer, status, "Error");
    }

    private static JsonNode register(HubUnderTest hub, String json) throws Exception {
        return checked(hub.post(BASE + "/hub", "application/json", json), 201, "EventSubscription");
    }

    @Test
    void order_fromPostToPhone_isToldStepByStep() throws Exception {
        try (EventListener tmf = new EventListener();
                EventListener cloud = new EventListener();
                ServerSocket dumb = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HubUnderTest hub = HubUnderTest.start(
                        folder.resolve("data"),
                        Map.of(
                                "hub.events.allow",
                                tmf.url() + "/tmf," + cloud.url() + ",http://127.0.0.1:" + dumb.getLocalPort()))) {
            register(hub, "{\"callback\": \"http://127.0.0.1:" + dumb.getLocalPort() + "/\"}");
            JsonNode first = register(hub, "{\"callback\": \"" + tmf.url() + "/tmf/oss?token=t\"}");
            JsonNode signed = register(
                    hub,
                    "{\"callback\": \"" + cloud.url()
                            + "/\", \"query\": \"format=cloudevents&state=completed\", \"secret\": \"0123456789abcdef\"}");
            assertThat(signed.toString()).doesNotContain("0123456789abcdef");

            JsonNode order = checked(hub.order(line("CRM-1", "000e08000001", 1, "")), 201, "ServiceOrder");
            String path = ORDERS + "/" + order.path("id").asText();
            PhoneUnderTest phone =
                    phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
            phone.awaitParameter("User_ID_1_", "user-1");
            phone.resync();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(tmf.types())
                    .containsExactly(
                            "ServiceOrderCreateEvent",
                            "ServiceOrderMilestoneEvent",
                            "ServiceOrderStateChangeEvent",
                            "ServiceOrderMilestoneEvent",
                            "ServiceOrderMilestoneEvent",
                            "ServiceOrderStateChangeEvent"));
            tmf.received().forEach(event -> {
                assertThat(event.path()).isEqualTo("/tmf/oss?token=t");
                assertThat(event.body()).doesNotContain("rosebud");
                assertThat(TmfStandard.faults(event.json(), event.type())).isEmpty();
            });
            JsonNode last = tmf.received().get(5).json().at("/event/serviceOrder");
            assertThat(last.path("state").asText()).isEqualTo("completed");
            assertThat(last.findValuesAsText("status")).containsExactly("reached", "reached", "reached");
            JsonNode shown = checked(hub.get(path), 200, "ServiceOrder");
            assertThat(shown.path("milestone").findValuesAsText("name"))
                    .containsExactly("configured", "fetched", "applied");
            assertThat(shown.at("/x-site/a").asInt()).isEqualTo(1);

            await().atMost(PATIENCE).until(() -> !cloud.received().isEmpty());
            EventListener.Received event = cloud.received().get(0);
            assertThat(event.json().path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.json().path("subject").asText())
                    .isEqualTo(order.path("id").asText());
            assertThat(event.json().at("/data/event/serviceOrder/state").asText())
                    .isEqualTo("completed");
            assertThat(event.headers().get("Content-type").get(0)).startsWith("application/cloudevents+json");
            assertThat(event.headers().get("X-hub-signature-256"))
                    .containsExactly("sha256="
                            + MessageSignature.of(event.body().getBytes(StandardCharsets.UTF_8), "0123456789abcdef"));

            JsonNode listeners =
                    JSON.readTree(hub.get("/api/v1/order-events/listeners").body());
            assertThat(listeners.path("listeners")).hasSize(3);
            assertThat(listeners.toString()).doesNotContain("token=t");
            String service = hub.get("/tmf-api/serviceInventory/v4/service/000e08000001-1")
                    .body();
            assertThat(service).contains("\"state\":\"active\"", "user-1").doesNotContain("rosebud");
            assertThat(JSON.readTree(hub.get("/tmf-api/resourceInventoryManagement/v4/resource?fields=resourceStatus")
                                    .body())
                            .get(0)
                            .path("resourceStatus")
                            .asText())
                    .isEqualTo("reserved");

            assertThat(hub.delete(BASE + "/hub/" + first.path("id").asText()).statusCode())
                    .isEqualTo(204);
            refused(hub.delete(BASE + "/hub/" + first.path("id").asText()), "DELETE", "/hub/{id}", 404);
        }
    }

    @Test
    void everyOperation_goodAndBad_isAnsweredAsTheStandardSays() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            JsonNode held = checked(
                    hub.order(line("CRM-1", "000e08000001", 1, "").replace("SPA504G", "T46S")), 201, "ServiceOrder");
            String path = ORDERS + "/" + held.path("id").asText();
            assertThat(held.path("state").asText()).isEqualTo("held");
            assertThat(held.at("/serviceOrderItem/0/errorMessage/0/code").asText())
                    .isEqualTo("informationRequired");

            HttpResponse<String> patched = hub.send(
                    "PATCH",
                    path,
                    "{\"priority\": \"1\", \"note\": null, \"requestedStartDate\": \"2030-01-01T00:00:00+02:00\"}");
            JsonNode changed = checked(patched, 200, "ServiceOrder");
            assertThat(changed.path("priority").asText()).isEqualTo("1");
            assertThat(changed.has("note")).isFalse();
            assertThat(changed.path("requestedStartDate").asText()).isEqualTo("2030-01-01T00:00:00+02:00");
            JsonNode items = changed.path("serviceOrderItem").deepCopy();
            String told = items.toString().replace("T46S", "SPA504G");
            JsonNode complete = checked(
                    hub.send("PATCH", path, "{\"requestedStartDate\": null, \"serviceOrderItem\": " + told + "}"),
                    200,
                    "ServiceOrder");
            assertThat(complete.path("state").asText()).isEqualTo("pending");
            assertThat(checked(hub.get(path), 200, "ServiceOrder").path("state").asText())
                    .isEqualTo("inProgress");
            refused(
                    hub.send("PATCH", path, "{\"orderDate\": \"2030-01-01T00:00:00Z\"}"),
                    "PATCH",
                    "/serviceOrder/{id}",
                    400);
            refused(hub.send("PATCH", path, "{\"state\": \"completed\"}"), "PATCH", "/serviceOrder/{id}", 400);
            refused(
                    hub.send("PATCH", path, "{\"requestedStartDate\": \"2031-01-01T00:00:00Z\"}"),
                    "PATCH",
                    "/serviceOrder/{id}",
                    409);
            refused(hub.send("PATCH", ORDERS + "/nobody", "{}"), "PATCH", "/serviceOrder/{id}", 404);
            refused(hub.delete(path), "DELETE", "/serviceOrder/{id}", 409);
            refused(hub.order("{\"serviceOrderItem\": 7}"), "POST", "/serviceOrder", 400);
            JsonNode shape = refused(
                    hub.order(line("CRM-9", "000e08000009", 1, "").replace("\"hello\"", "5")),
                    "POST",
                    "/serviceOrder",
                    400);
            assertThat(shape.path("message").asText()).isEqualTo("note[0].text '5' is not allowed: a text");

            HttpResponse<String> page =
                    hub.get(ORDERS + "?state=inProgress,completed&macAddress=00-0E-08-00-00-01&limit=1");
            assertThat(checked(page, 200, "ServiceOrder")).hasSize(1);
            assertThat(page.headers().firstValue("X-Total-Count")).contains("1");
            assertThat(page.headers().firstValue("X-Result-Count")).contains("1");
            assertThat(checked(hub.get(ORDERS + "?orderDate.gt=2100-01-01T00:00:00Z"), 200, "ServiceOrder"))
                    .isEmpty();
            refused(hub.get(ORDERS + "?colour=red"), "GET", "/serviceOrder", 400);
            refused(hub.get(ORDERS + "/nobody"), "GET", "/serviceOrder/{id}", 404);

            String cancel = "{\"serviceOrder\": {\"id\": \"" + held.path("id").asText()
                    + "\"}, \"cancellationReason\": \"changed his mind\"}";
            JsonNode task = checked(
                    hub.post(BASE + "/cancelServiceOrder", "application/json", cancel), 201, "CancelServiceOrder");
            assertThat(task.path("state").asText()).isEqualTo("done");
            String taskPath = BASE + "/cancelServiceOrder/" + task.path("id").asText();
            assertThat(checked(hub.get(taskPath), 200, "CancelServiceOrder")).isEqualTo(task);
            assertThat(checked(hub.get(BASE + "/cancelServiceOrder?state=done"), 200, "CancelServiceOrder"))
                    .hasSize(1);
            refused(hub.get(BASE + "/cancelServiceOrder/nobody"), "GET", "/cancelServiceOrder/{id}", 404);
            refused(
                    hub.post(BASE + "/cancelServiceOrder", "application/json", cancel),
                    "POST",
                    "/cancelServiceOrder",
                    409);
            refused(
                    hub.post(BASE + "/cancelServiceOrder", "application/json", "{\"serviceOrder\": {\"id\": \"x\"}}"),
                    "POST",
                    "/cancelServiceOrder",
                    400);
            JsonNode cancelled = checked(hub.get(path), 200, "ServiceOrder");
            assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
            assertThat(cancelled.has("cancellationDate")).isTrue();
            assertThat(hub.delete(path).statusCode()).isEqualTo(204);
            refused(hub.get(path), "GET", "/serviceOrder/{id}", 404);

            refused(
                    hub.post(
                            BASE + "/hub",
                            "application/json",
                            "{\"callback\": \"https://o.example.net/\", \"secrett\": \"0123456789abcdef\"}"),
                    "POST",
                    "/hub",
                    400);
            refused(
                    hub.post(
                            BASE + "/hub?secret=0123456789abcdef",
                            "application/json",
                            "{\"callback\": \"https://o.example.net/\"}"),
                    "POST",
                    "/hub",
                    400);
            refused(
                    hub.post(BASE + "/hub", "application/json", "{\"callback\": \"http://127.0.0.1:1/x\"}"),
                    "POST",
                    "/hub",
                    400);
            refused(
                    hub.post(
                            BASE + "/hub",
                            "application/json",
                            "{\"callback\": \"https://o.example.net/\", \"query\": \"a=b\"}"),
                    "POST",
                    "/hub",
                    400);
        }
    }

    @Test
    void idempotencyKey_repeat_isTheFirstOrder() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String order = line("unused", "000e08000001", 1, "").replace("\"externalId\": \"unused\",", "");
            HttpResponse<String> first = keyed(hub, "key-1", order);
            HttpResponse<String> repeat = keyed(hub, "\"key-1\"", order);
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(repeat.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(repeat.body()).path("id"))
                    .isEqualTo(JSON.readTree(first.body()).path("id"));
            assertThat(keyed(hub, "key-1", order.replace("user-1", "user-2")).statusCode())
                    .isEqualTo(409);
            assertThat(keyed(hub, "key 2", order).statusCode()).isEqualTo(400);
            assertThat(keyed(hub, "key-2", order).statusCode()).isEqualTo(201);
        }
    }

    private static HttpResponse<String> keyed(HubUnderTest hub, String key, String order) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        hub.api(ORDERS)
                                .header("Idempotency-Key", key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(order))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void listener_thatRefusesAndRedirects_isTriedAgainAndNothingIsLost() throws Exception {
        try (EventListener oss = new EventListener();
                HubUnderTest hub =
                        HubUnderTest.start(folder.resolve("data"), Map.of("hub.events.allow", oss.url() + "/events"))) {
            oss.answer(307);
            register(hub, "{\"callback\": \"" + oss.url() + "/events\"}");
            hub.order(line("CRM-1", "000e08000001", 1, ""));
            await().atMost(PATIENCE).until(() -> oss.asked() > 0);
            oss.answer(500);
            await().atMost(PATIENCE).until(() -> oss.asked() > 1);
            assertThat(oss.received()).isEmpty();
            oss.answer(200);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(oss.types())
                    .containsExactly(
                            "ServiceOrderCreateEvent", "ServiceOrderMilestoneEvent", "ServiceOrderStateChangeEvent"));
            assertThat(oss.received()).allMatch(event -> event.path().equals("/events"));
            assertThat(hub.get("/api/v1/faults").body()).isEqualTo("{\"faults\":[],\"count\":0,\"next\":null}");
        }
    }
}
