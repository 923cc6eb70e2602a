package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of orders as an OSS asks for them over HTTP, each answer held against the standard's own file. */
class Tmf641ListIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private static final String LONG = "c".repeat(300);

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void fill() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        order(1, "VoIP", "0", "2030-01-01T08:00:00Z");
        order(2, "VoIP", "4", "2030-01-02T08:00:00+02:00");
        order(3, "Swap, urgent", "4", "2030-01-03T08:00:00.123456Z");
        order(4, "Über & Söhne", "1", null);
        order(5, null, null, null);
        order(6, LONG, "2", null);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void order(int number, String category, String priority, String completion) throws Exception {
        var json = JSON.createObjectNode().put("externalId", "L-" + number);
        json.put("category", category).put("priority", priority).put("requestedCompletionDate", completion);
        List.copyOf(json.properties()).forEach(one -> {
            if (one.getValue().isNull()) {
                json.remove(one.getKey());
            }
        });
        var item = json.putArray("serviceOrderItem").addObject().put("id", "1").put("action", "add");
        var said = item.putObject("service").put("state", "active").putArray("serviceCharacteristic");
        Map.of(
                        "macAddress", "000e0800010" + number,
                        "deviceModel", "SPA504G",
                        "sipUser", "user-" + number,
                        "sipPassword", "Tq7-rosebud-41",
                        "sipDomain", "sip.example.net")
                .forEach((name, value) -> said.addObject().put("name", name).put("value", value));
        HttpResponse<String> answer = hub.order(json.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> asked(String query) throws Exception {
        return hub.get(ORDERS + (query.isEmpty() ? "" : "?" + query));
    }

    private static List<String> ids(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("rosebud");
        List<String> ids = new ArrayList<>();
        for (JsonNode one : JSON.readTree(answer.body())) {
            assertThat(TmfStandard.faults(one, "ServiceOrder")).isEmpty();
            ids.add(one.path("externalId").asText());
        }
        assertThat(answer.headers().firstValue("X-Result-Count")).contains(String.valueOf(ids.size()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "category=VoIP | L-1 L-2",
                "category=voip |",
                "category=VoIP,%C3%9Cber%20%26%20S%C3%B6hne | L-1 L-2 L-4",
                "category=Swap%2C%20urgent | L-3",
                "priority=4 | L-2 L-3",
                "priority=0,1 | L-1 L-4",
                "priority=4&category=VoIP | L-2",
                "priority=3 |",
                "requestedCompletionDate=2030-01-01T08:00:00Z | L-1",
                "requestedCompletionDate=2030-01-02T06:00:00Z | L-2",
                "requestedCompletionDate=2030-01-02T08:00:00%2B02:00 | L-2",
                "requestedCompletionDate=2030-01-03T08:00:00.123456Z | L-3",
                "requestedCompletionDate.gt=2030-01-01T08:00:00Z | L-2 L-3",
                "requestedCompletionDate.gte=2030-01-01T08:00:00Z | L-1 L-2 L-3",
                "requestedCompletionDate.lt=2030-01-02T06:00:00Z | L-1",
                "requestedCompletionDate.lte=2030-01-02T06:00:00Z | L-1 L-2",
                "requestedCompletionDate.gt=2030-01-01T08:00:00Z&requestedCompletionDate.lt=2030-01-03T00:00:00Z | L-2",
                "requestedCompletionDate.gte=2030-01-02T00:00:00Z&priority=4&category=VoIP | L-2",
            })
    void filter_ofTheOrder_givesThoseAlone(String query, String expected) throws Exception {
        HttpResponse<String> answer = asked(query.strip());

        List<String> wanted =
                expected == null ? List.of() : List.of(expected.strip().split(" ", -1));
        assertThat(ids(answer)).isEqualTo(wanted);
        assertThat(answer.headers().firstValue("X-Total-Count")).contains(String.valueOf(wanted.size()));
    }

    @Test
    void filter_ofAValueThatIsVeryLong_findsItsOrder() throws Exception {
        assertThat(ids(asked("category=" + LONG))).containsExactly("L-6");
    }

    @Test
    void pages_oneAfterTheOther_areAllOrdersOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int offset = 0; offset < 8; offset += 2) {
            HttpResponse<String> page = asked("limit=2&offset=" + offset);
            assertThat(page.headers().firstValue("X-Total-Count")).contains("6");
            all.addAll(ids(page));
        }
        assertThat(all).containsExactly("L-1", "L-2", "L-3", "L-4", "L-5", "L-6");
        HttpResponse<String> filtered = asked("priority=4&offset=1&limit=5");
        assertThat(ids(filtered)).containsExactly("L-3");
        assertThat(filtered.headers().firstValue("X-Total-Count")).contains("2");
    }

    @Test
    void fields_ofAFilteredPage_areThoseAndWhatSaysWhichOrderItIs() throws Exception {
        HttpResponse<String> answer =
                asked("fields=category,priority,requestedCompletionDate,externalId&priority=4&limit=1");

        assertThat(ids(answer)).containsExactly("L-2");
        assertThat(answer.headers().firstValue("X-Total-Count")).contains("2");
        JsonNode one = JSON.readTree(answer.body()).path(0);
        List<String> names = new ArrayList<>();
        one.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "id", "href", "externalId", "category", "priority", "requestedCompletionDate");
        assertThat(one.path("requestedCompletionDate").asText()).isEqualTo("2030-01-02T08:00:00+02:00");
    }

    @Test
    void filter_afterAPatch_findsTheOrderByWhatItSaysNow() throws Exception {
        String id = JSON.readTree(asked("externalId=L-5").body()).at("/0/id").asText();
        HttpResponse<String> patched = hub.send("PATCH", ORDERS + "/" + id, "{\"priority\": \"3\"}");
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);

        assertThat(ids(asked("priority=3"))).containsExactly("L-5");

        assertThat(hub.send("PATCH", ORDERS + "/" + id, "{\"priority\": null}").statusCode())
                .isEqualTo(200);
        assertThat(ids(asked("priority=3"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requestedCompletionDate=tomorrow",
                "requestedCompletionDate.gt=2030-01-01",
                "requestedCompletionDate.ne=2030-01-01T08:00:00Z",
                "limit=0",
                "limit=1001",
                "limit=x",
                "offset=-1",
                "category.regex=V",
            })
    void filter_thatIsWrong_isRefusedAsTheStandardSays(String query) throws Exception {
        HttpResponse<String> answer = asked(query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(TmfStandard.hasStatus("GET", "/serviceOrder", 400)).isTrue();
        assertThat(TmfStandard.faults(JSON.readTree(answer.body()), "Error")).isEmpty();
    }
}
