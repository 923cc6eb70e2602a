package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.MacAddress;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderWorld;
import dev.provhub.order.ServiceOrder;
import dev.provhub.store.DatabaseText;
import dev.provhub.store.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceOrderApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "https://hub.example.net/tmf-api/serviceOrdering/v4/serviceOrder";

    @TempDir
    private Path folder;

    private final List<String> accepted = new ArrayList<>();
    private OrderWorld world;
    private ServiceOrderApi api;

    @BeforeEach
    void open() {
        world = new OrderWorld(Engine.H2.open(folder));
        api = new ServiceOrderApi(
                world.intake(),
                world.orders,
                new ServiceOrderApi.Desk(world.amendments(), world.database.unitOfWork()),
                () -> world.mapping,
                URI.create("https://hub.example.net/"),
                accepted::add);
    }

    @AfterEach
    void close() {
        world.database.close();
    }

    @Test
    void create_exampleOrder_isAcknowledgedAndEchoedWithoutSecret() throws IOException {
        ApiAnswer answer = api.create(bytes(example()));
        JsonNode order = json(answer);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers())
                .containsEntry("Location", COLLECTION + "/" + accepted.get(0))
                .containsEntry("Content-Type", "application/json;charset=utf-8");
        assertThat(order.path("id").asText()).isEqualTo(accepted.get(0));
        assertThat(order.path("href").asText()).isEqualTo(COLLECTION + "/" + accepted.get(0));
        assertThat(order.path("state").asText()).isEqualTo("acknowledged");
        assertThat(order.path("orderDate").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(order.path("externalId").asText()).isEqualTo("CRM-4711");
        assertThat(order.at("/relatedParty/0/id").asText()).isEqualTo("cust-42");
        assertThat(order.at("/serviceOrderItem/0/state").asText()).isEqualTo("acknowledged");
        assertThat(order.at("/serviceOrderItem/0/service/serviceSpecification/id")
                        .asText())
                .isEqualTo("sip-phone-line");
        assertThat(characteristic(order, "sipPassword")).isEqualTo("******");
        assertThat(characteristic(order, "sipProxy")).isEqualTo("proxy.example.net:5061");
        assertThat(text(answer)).doesNotContain("rosebud");
        assertThat(DatabaseText.of(world.database)).doesNotContain("rosebud");
    }

    @Test
    void retrieve_asItGoesOn_showsStatesAndTimes() throws IOException {
        api.create(bytes(example()));
        String id = accepted.get(0);
        world.fulfilment().fulfil(id);
        assertThat(json(api.retrieve(id, Map.of())).path("state").asText()).isEqualTo("inProgress");
        world.fulfilment().applied(new MacAddress("0002fdff2103"), 1);
        JsonNode order = json(api.retrieve(id, Map.of()));
        assertThat(order.path("state").asText()).isEqualTo("completed");
        assertThat(order.path("completionDate").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(order.at("/serviceOrderItem/0/state").asText()).isEqualTo("completed");
        assertThat(world.devices
                        .findByMac(new MacAddress("0002fdff2103"))
                        .orElseThrow()
                        .line(1)
                        .orElseThrow()
                        .sipPassword())
                .isEqualTo("Tq7-rosebud-41");
    }

    @Test
    void create_repeatInAnotherLayout_is200AndOtherContentIs409() throws IOException {
        JsonNode first = json(api.create(bytes(example())));
        ApiAnswer repeat = api.create(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(example()));
        assertThat(repeat.status()).isEqualTo(200);
        assertThat(json(repeat)).isEqualTo(first);
        assertThat(accepted).hasSize(1);

        ApiAnswer otherPriority = api.create(bytes(example().put("priority", "1")));
        ObjectNode otherPassword = example();
        set(otherPassword, "sipPassword", "another");
        ApiAnswer conflict = api.create(bytes(otherPassword));
        assertThat(otherPriority.status()).isEqualTo(409);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(text(conflict))
                .isEqualTo(
                        "{\"code\":\"conflict\",\"reason\":\"The order contradicts an earlier one\",\"message\":\"externalId"
                                + " 'CRM-4711' is that of an earlier order with another content\",\"status\":\"409\",\"@type\":\"Error\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sipTransport | SCTP      | sipTransport 'SCTP' is not allowed: UDP, TCP or TLS",
                "macAddress   | 0002FD    | macAddress '0002FD' is not allowed: twelve hex digits, alone or grouped with ':', '-' or '.'",
                "lineNumber   | 9         | lineNumber '9' is not allowed: 1 to 8 for SPA508G",
                "timeZone     | Mars/Base | timeZone 'Mars/Base' is not allowed: an IANA time zone such as Europe/Berlin",
                "sipPassword  | rösebud   | sipPassword '******' is not allowed: 1 to 127 printable ASCII characters"
            })
    void create_badCharacteristic_is400WithFieldValueAllowed(String name, String value, String message)
            throws IOException {
        ObjectNode order = example();
        set(order, name, value);
        ApiAnswer answer = api.create(bytes(order));
        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = json(answer);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("code").asText()).isEqualTo("invalidField");
        assertThat(error.path("status").asText()).isEqualTo("400");
        assertThat(error.path("@type").asText()).isEqualTo("Error");
        assertThat(DatabaseText.of(world.database)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority                | high                 | priority 'high' is not allowed: 0 (the highest) to 4 (the lowest)",
                "priority                | 5                    | priority '5' is not allowed: 0 (the highest) to 4 (the lowest)",
                "requestedCompletionDate | 2026-01-31T08:00:00Z | requestedCompletionDate '2026-01-31T08:00:00Z' is not allowed: a time that is not before requestedStartDate"
            })
    void create_termsThatCannotBe_is400(String name, String value, String message) throws IOException {
        ObjectNode order = example().put("requestedStartDate", "2030-01-01T00:00:00Z");
        ApiAnswer answer = api.create(bytes(order.put(name, value)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).isEqualTo(message);

        order.remove(name);
        api.create(bytes(order.put("requestedStartDate", "2030-01-01T00:00:00Z")));
        ApiAnswer patched = api.patch(
                accepted.get(0), ("{\"" + name + "\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8), () -> {});
        assertThat(patched.status()).isEqualTo(400);
        assertThat(json(patched).path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | the body must be a JSON object",
                "[]                                                 | the body must be a JSON object",
                "'{\"a\":'                                          | not JSON, or a name twice, at line 1, column",
                "'{\"a\":1,\"a\":2}'                                | not JSON, or a name twice, at line 1",
                "'{} {}'                                            | not JSON",
                "{}                                                 | serviceOrderItem is missing: a list of at least one item",
                "'{\"serviceOrderItem\":[]}'                        | serviceOrderItem is missing",
                "'{\"serviceOrderItem\":[7]}'                       | serviceOrderItem[0] '7' is not allowed: an object",
                "'{\"serviceOrderItem\":[{}]}'                      | serviceOrderItem[0].id is missing: a text, unique within the order",
                "'{\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"sing\",\"service\":{}}]}' | serviceOrderItem[0].action 'sing' is not allowed: add, modify, delete or noChange",
                "'{\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"add\"}]}' | serviceOrderItem[0].service is missing",
                "'{\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"service\":{\"serviceCharacteristic\":[{\"name\":\"plan\"}]}}]}' | serviceOrderItem[0].service.serviceCharacteristic[0].value is missing",
                "'{\"externalId\":7,\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"service\":{}}]}' | externalId '7' is not allowed: a text",
                "'{\"requestedStartDate\":\"soon\",\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"service\":{}}]}' | requestedStartDate 'soon' is not allowed: a date and time such as 2026-01-31T08:00:00Z"
            })
    void create_notAServiceOrder_is400(String body, String message) throws IOException {
        ApiAnswer answer = api.create(body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).contains(message);
    }

    @Test
    void create_everyFieldMissing_namesThemAll() throws IOException {
        ApiAnswer answer = api.create("{\"serviceOrderItem\":[{\"id\":\"1\",\"action\":\"add\",\"service\":{}}]}"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(json(answer).path("message").asText())
                .contains("macAddress is missing", "deviceModel is missing", "sipUser is missing")
                .contains("sipPassword is missing", "sipDomain is missing");
    }

    @Test
    void create_unknownFieldsAndOurs_keptAndDropped() throws IOException {
        ObjectNode order = example().put("state", "completed").put("id", "mine").put("color", "blue");
        ArrayNode characteristics = (ArrayNode) order.at("/serviceOrderItem/0/service/serviceCharacteristic");
        characteristics.addObject().put("name", "segment").put("value", "gold");
        characteristics.addObject().put("name", "voicemailPin").put("value", "8472");
        JsonNode answer = json(api.create(bytes(order)));
        assertThat(answer.path("color").asText()).isEqualTo("blue");
        assertThat(answer.path("state").asText()).isEqualTo("acknowledged");
        assertThat(answer.path("id").asText()).isEqualTo(accepted.get(0));
        assertThat(characteristic(answer, "segment")).isEqualTo("gold");
        assertThat(characteristic(answer, "voicemailPin")).isEqualTo("******");
    }

    @Test
    void create_secretsWhereverTheyStand_areNeitherShownNorKept() throws IOException {
        ObjectNode order = example().put("sipPassword", "S3CR-1");
        order.putObject("extra")
                .put("auth_pw", "S3CR-2")
                .putObject("credentials")
                .put("user", "S3CR-3");
        ObjectNode item = ((ObjectNode) order.at("/serviceOrderItem/0")).put("apiKey", "S3CR-4");
        ObjectNode service = ((ObjectNode) item.path("service")).put("HA1", "S3CR-5");
        service.putArray("place").addObject().put("id", "p").put("role", "home").put("sip-password", "S3CR-6");
        service.putArray("supportingService").addObject().put("id", "s").put("userPwd", "S3CR-7");
        ObjectNode feature =
                service.putArray("feature").addObject().put("id", "f").put("name", "f");
        ArrayNode characteristics = feature.putArray("featureCharacteristic");
        characteristics.addObject().put("name", "sipPassword").put("value", "S3CR-8");
        characteristics.addObject().put("name", "authPw").putObject("value").put("value", "S3CR-9");
        characteristics.addObject().put("name", "color").put("value", "blue");
        ArrayNode own = (ArrayNode) service.path("serviceCharacteristic");
        for (String name : List.of("userPwd", "apiKey", "ha1", "authPw")) {
            own.addObject().put("name", name).put("value", "S3CR-" + name);
        }

        ApiAnswer answer = api.create(bytes(order));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(text(answer)).doesNotContain("S3CR");
        JsonNode shown = json(answer);
        assertThat(shown.path("sipPassword").asText()).isEqualTo("******");
        assertThat(shown.at("/serviceOrderItem/0/service/feature/0/featureCharacteristic/1/value")
                        .asText())
                .isEqualTo("******");
        assertThat(shown.at("/serviceOrderItem/0/service/feature/0/featureCharacteristic/2/value")
                        .asText())
                .isEqualTo("blue");
        assertThat(text(api.retrieve(accepted.get(0), Map.of()))).doesNotContain("S3CR");
        ServiceOrder kept = world.orders.find(accepted.get(0)).orElseThrow();
        assertThat(kept.details()).doesNotContain("S3CR").contains("blue");
    }

    @Test
    void patch_secretThatNobodyKnows_isNeitherShownNorKept() throws IOException {
        api.create(bytes(example()));
        String id = accepted.get(0);

        ApiAnswer answer = api.patch(
                id,
                "{\"apiKey\":\"S3CR-1\",\"extra\":[{\"id\":\"1\",\"pin\":\"S3CR-2\"}]}"
                        .getBytes(StandardCharsets.UTF_8),
                () -> {});

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).doesNotContain("S3CR").contains("\"apiKey\":\"******\"");
        assertThat(world.orders.find(id).orElseThrow().details()).doesNotContain("S3CR");
    }

    @Test
    void cancel_secretThatNobodyKnows_isNeitherShownNorKept() throws IOException {
        api.create(bytes(example()));
        CancelOrderApi cancels = new CancelOrderApi(
                world.cancellation(), world.cancels, () -> world.mapping, URI.create("https://hub.example.net/"));

        ApiAnswer answer = cancels.create(
                ("{\"serviceOrder\":{\"id\":\"" + accepted.get(0) + "\"},\"apiKey\":\"S3CR-1\"}")
                        .getBytes(StandardCharsets.UTF_8),
                id -> {});

        assertThat(answer.status()).isEqualTo(201);
        assertThat(text(answer)).doesNotContain("S3CR").contains("\"apiKey\":\"******\"");
        assertThat(world.cancels
                        .find(json(answer).path("id").asText())
                        .orElseThrow()
                        .details())
                .doesNotContain("S3CR");
    }

    @Test
    void create_membersOfNull_areLeftOut() throws IOException {
        ObjectNode order =
                example().putNull("externalId").putNull("description").putNull("color");
        JsonNode answer = json(api.create(bytes(order)));
        assertThat(answer.has("externalId")).isFalse();
        assertThat(answer.has("description")).isFalse();
        assertThat(json(api.retrieve(accepted.get(0), Map.of())).has("externalId"))
                .isFalse();
    }

    @Test
    void create_moreItemsThanAllowed_is400WithTheLimitAndWhatToDo() throws IOException {
        ObjectNode order = example();
        ArrayNode items = (ArrayNode) order.path("serviceOrderItem");
        for (int item = items.size(); item <= 500; item++) {
            items.addObject()
                    .put("id", "n" + item)
                    .put("action", "noChange")
                    .putObject("service")
                    .putArray("serviceCharacteristic")
                    .addObject()
                    .put("name", "macAddress")
                    .put("value", "0002FDFF2103");
        }

        ApiAnswer answer = api.create(bytes(order));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").asText())
                .isEqualTo(
                        "serviceOrderItem '501 items' is not allowed: at most 500 in one order (hub.orders.max-items);"
                                + " send the rest in further orders");
        items.remove(500);
        assertThat(api.create(bytes(order)).status()).isEqualTo(201);
    }

    @Test
    void list_filterPageFieldsAndLinks_followTheStandard() throws IOException {
        for (int number = 1; number <= 3; number++) {
            api.create(bytes(example().put("externalId", "CRM-" + number)));
        }
        ApiAnswer page = api.list(Map.of("limit", "1", "offset", "1", "fields", "externalId,state"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("X-Total-Count", "3").containsEntry("X-Result-Count", "1");
        assertThat(page.headers().get("Link"))
                .contains("rel=\"next\"", "rel=\"prev\"", "offset=2", "<" + COLLECTION + "?");
        JsonNode order = json(page).get(0);
        assertThat(order.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "href", "externalId", "state");
        assertThat(order.path("externalId").asText()).isEqualTo("CRM-2");
        assertThat(json(api.list(Map.of("externalId", "CRM-3")))).hasSize(1);
        assertThat(json(api.list(Map.of("externalId", "CRM-9")))).isEmpty();
        assertThat(json(api.list(Map.of("state", "completed")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit  | 0    | limit '0' is not allowed: a whole number from 1 to 1000",
                "limit  | 1001 | limit '1001' is not allowed: a whole number from 1 to 1000",
                "offset | -1   | offset '-1' is not allowed: a whole number from 0 to 2147483647",
                "fields | item.state | fields 'item.state' is not allowed: names of attributes of the whole",
                "state  | done | state 'done' is not allowed: acknowledged, pending",
                "color  | blue | query parameter 'color' is not allowed: externalId, state, fields, offset, limit"
            })
    void list_badQuery_is400(String name, String value, String message) throws IOException {
        ApiAnswer answer = api.list(Map.of(name, value));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).startsWith(message);
    }

    @Test
    void list_beyondTheEnd_linksToWhatIsThere() throws IOException {
        api.create(bytes(example()));
        assertThat(api.list(Map.of("limit", "1", "offset", "99999")).headers().get("Link"))
                .contains("offset=0", "rel=\"prev\"")
                .doesNotContain("next");
    }

    @Test
    void retrieve_unknownParameter_is400() throws IOException {
        api.create(bytes(example()));
        ApiAnswer answer = api.retrieve(accepted.get(0), Map.of("depth", "1"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).isEqualTo("query parameter 'depth' is not allowed: fields");
    }

    @Test
    void create_afterAnAmendment_knowsWhatItSaidAtFirstAndNothingElse() throws IOException {
        api.create(bytes(example()));
        byte[] patch = "{\"description\":\"another\",\"externalId\":\"CRM-b\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(api.patch(accepted.get(0), patch, () -> {}).status()).isEqualTo(200);

        assertThat(api.create(bytes(example().put("externalId", "CRM-b").put("description", "another")))
                        .status())
                .as("what it says now")
                .isEqualTo(200);
        ApiAnswer other = api.create(bytes(example().put("externalId", "CRM-b").put("priority", "1")));
        assertThat(other.status()).as("something else").isEqualTo(409);
        assertThat(json(other).path("code").asText()).isEqualTo("conflict");

        ObjectNode second = example().put("externalId", "CRM-c");
        api.create(bytes(second));
        api.patch(accepted.get(2), "{\"description\":\"x\"}".getBytes(StandardCharsets.UTF_8), () -> {});
        api.patch(accepted.get(2), "{\"description\":\"y\"}".getBytes(StandardCharsets.UTF_8), () -> {});
        assertThat(api.create(bytes(second)).status())
                .as("what it said at first")
                .isEqualTo(200);
        assertThat(api.create(bytes(second.put("priority", "1"))).status()).isEqualTo(409);
        ApiAnswer taken =
                api.patch(accepted.get(2), "{\"externalId\":\"CRM-b\"}".getBytes(StandardCharsets.UTF_8), () -> {});
        assertThat(taken.status()).isEqualTo(409);
        assertThat(json(taken).path("code").asText()).as("as for a POST").isEqualTo("conflict");
        assertThat(DatabaseText.of(world.database)).doesNotContain("rosebud");
    }

    @Test
    void create_emptyNames_areNotSaidToBeMissing() throws IOException {
        assertThat(json(api.create(bytes(example().put("externalId", ""))))
                        .path("message")
                        .asText())
                .startsWith("externalId '' is not allowed: 1 to 255");
        assertThat(json(api.create(bytes(example()), "", id -> {}))
                        .path("message")
                        .asText())
                .startsWith("Idempotency-Key '' is not allowed");
        assertThat(json(api.list(Map.of("limit", ""))).path("message").asText()).startsWith("limit '' is not allowed");
    }

    @Test
    void retrieve_rowOfAFile_looksLikeAnOrderToo() throws IOException {
        world.bulk()
                .acceptAndFulfilAll(
                        List.of(NewOrder.ofRow("A-1", OrderAction.ADD, OrderWorld.line("0002fdff2103", 2))));
        JsonNode order = json(api.list(Map.of("externalId", "A-1"))).get(0);
        assertThat(order.at("/serviceOrderItem/0/action").asText()).isEqualTo("add");
        assertThat(characteristic(order, "lineNumber")).isEqualTo("2");
        assertThat(order.at("/serviceOrderItem/0/service/serviceCharacteristic").toString())
                .contains("{\"name\":\"lineNumber\",\"valueType\":\"integer\",\"value\":2}");
        assertThat(characteristic(order, "sipPassword")).isEqualTo("******");
    }

    @Test
    void retrieve_failedItem_saysWhy() throws IOException {
        world.bulk();
        ObjectNode order = example();
        ((ObjectNode) order.at("/serviceOrderItem/0")).put("action", "modify");
        api.create(bytes(order));
        world.fulfilment().fulfil(accepted.get(0));
        JsonNode answer = json(api.retrieve(accepted.get(0), Map.of()));
        assertThat(answer.path("state").asText()).isEqualTo("failed");
        assertThat(answer.at("/serviceOrderItem/0/errorMessage/0/message").asText())
                .isEqualTo("there is no device 0002fdff2103");
    }

    @Test
    void retrieve_unknown_is404AndStoreAwayIs503() throws IOException {
        ApiAnswer answer = api.retrieve("nobody", Map.of());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(json(answer).path("code").asText()).isEqualTo("notFound");
        world.database.close();
        assertThat(api.retrieve("nobody", Map.of()).status()).isEqualTo(503);
        ApiAnswer away = api.create(bytes(example()));
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.headers()).containsEntry("Retry-After", "10");
    }

    private static ObjectNode example() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ServiceOrderApiTest.class.getResourceAsStream("example-order.json"))) {
            return (ObjectNode) JSON.readTree(file);
        }
    }

    private static void set(ObjectNode order, String name, String value) {
        for (JsonNode characteristic : order.at("/serviceOrderItem/0/service/serviceCharacteristic")) {
            if (characteristic.path("name").asText().equals(name)) {
                ((ObjectNode) characteristic).put("value", value);
            }
        }
    }

    private static String characteristic(JsonNode order, String name) {
        for (JsonNode characteristic : order.at("/serviceOrderItem/0/service/serviceCharacteristic")) {
            if (characteristic.path("name").asText().equals(name)) {
                return characteristic.path("value").asText();
            }
        }
        return "(none)";
    }

    private static byte[] bytes(JsonNode tree) throws IOException {
        return JSON.writeValueAsBytes(tree);
    }

    private static JsonNode json(ApiAnswer answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static String text(ApiAnswer answer) {
        return new String(Objects.requireNonNull(answer.body()), StandardCharsets.UTF_8);
    }

    private String refusal(String json) throws IOException {
        ApiAnswer answer = api.create(json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        return json(answer).path("message").asText();
    }

    @Test
    void create_wrongAction_hidesNothingElse() throws IOException {
        assertThat(refusal("""
                {"serviceOrderItem": [
                  {"id": "1", "action": "ad", "quantity": "x", "service": {"serviceCharacteristic": [
                    {"name": "macAddress", "value": "zz"}, {"name": "lineNumber", "value": "none"}]}},
                  {"id": "2", "action": "modify", "service": {"serviceCharacteristic": [
                    {"name": "macAddress", "value": "0002fdff2103"}, {"name": "sipTransport", "value": "SCTP"}]}}]}
                """))
                .contains(
                        "serviceOrderItem[0].action 'ad' is not allowed",
                        "serviceOrderItem[0].quantity 'x' is not allowed",
                        "serviceOrderItem[0].macAddress 'zz' is not allowed",
                        "serviceOrderItem[0].lineNumber 'none' is not allowed",
                        "serviceOrderItem[1].sipTransport 'SCTP' is not allowed");
    }

    @Test
    void create_whatCannotBeMeant_isRefusedWithFieldAndValue() throws IOException {
        assertThat(refusal("""
                {"description": "a\\u0000b", "serviceOrderItem": [
                  {"id": "1", "action": "modify", "quantity": 99999999999999999999, "service": {"serviceCharacteristic": [
                    {"name": "macAddress", "value": "0002fdff2103"}, {"name": "plan", "value": ""},
                    {"name": "note", "value": "\\ud800"}]}}]}
                """))
                .contains(
                        "description '(with U+0000)' is not allowed: text without control characters",
                        "serviceOrderItem[0].quantity '99999999999999999999' is not allowed: 1;",
                        "serviceOrderItem[0].service.serviceCharacteristic[1].value '' is not allowed: a name; an order gives"
                                + " another plan and takes none away",
                        "serviceOrderItem[0].service.serviceCharacteristic[2].value '(with U+D800)' is not allowed");
    }

    @Test
    void create_oneOfEach_isTakenWithLineBreaks() throws IOException {
        ObjectNode order = example().put("description", "first\nsecond\tthird");
        ((ObjectNode) order.at("/serviceOrderItem/0")).put("quantity", 1);
        assertThat(api.create(bytes(order)).status()).isEqualTo(201);
    }

    @Test
    void create_characteristicsThatAreNoList_areRefused() throws IOException {
        assertThat(refusal("""
                {"serviceOrderItem": [{"id": "1", "action": "modify", "service": {"serviceCharacteristic":
                  {"name": "macAddress", "value": "0002fdff2103"}}}]}
                """)).contains("serviceOrderItem[0].service.serviceCharacteristic");
    }

    @Test
    void create_nameThatNobodyCouldRead_isToldWithoutIt() throws IOException {
        assertThat(refusal("{\"serviceOrderItem\": [{\"a\\u0007b\": {\"c\": \"\\u0001\"}}]}"))
                .contains(
                        "serviceOrderItem[0] '(a name with U+0007)' is not allowed",
                        "serviceOrderItem[0].?.c '(with U+0001)' is not allowed");
    }

    @Test
    void create_whatIsWrongAThousandfold_isToldAHundredfoldAndShort() throws IOException {
        String bad = "\"\\u0001\",".repeat(30_000);

        String reasons = refusal("{\"" + "n".repeat(50_000) + "\": [" + bad + "1], \"serviceOrderItem\": ["
                + "1,".repeat(100_000) + "1]}");

        assertThat(reasons.length()).isLessThan(50_000);
        assertThat(reasons.split("is not allowed", -1)).hasSize(101);
    }
}
