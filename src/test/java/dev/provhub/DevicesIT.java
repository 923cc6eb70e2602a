package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices by the administration interface: found by filters, page by page, and changed without undoing what others do. */
class DevicesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICES = "/api/v1/devices";
    private static final String DEVICE = DEVICES + "/000e08aabbcc";

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HubUnderTest hub, String method, String path, String json, String... headers)
            throws Exception {
        HttpRequest.Builder request = hub.api(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(
                request.method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** With the places that devices are in. */
    private Map<String, String> places() throws Exception {
        Path config = Folders.configWith(folder.resolve("config"), "tenant/north", "tenant/south", "plan/home");
        return Map.of("hub.config", config.toString());
    }

    private static List<String> macs(JsonNode page) {
        List<String> macs = new ArrayList<>();
        page.path("devices").forEach(device -> macs.add(device.path("mac").asText()));
        return macs;
    }

    @Test
    void list_filterAndPages_areTheWholeOnceAndInOrder() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), places())) {
            for (int i = 0; i < 7; i++) {
                String body =
                        "{\"mac\":\"00:0E:08:00:00:0%d\",\"model\":\"SPA504G\",\"tenant\":\"%s\",\"labels\":[\"n%d\",\"all\"]}"
                                .formatted(i, i % 2 == 0 ? "north" : "south", i);
                assertThat(hub.post(DEVICES, "application/json", body).statusCode())
                        .isEqualTo(201);
            }

            HttpResponse<String> first =
                    hub.get(DEVICES + "?limit=2&count=true&fields=mac,labels&filter=" + encoded("tenant=north"));
            JsonNode page = JSON.readTree(first.body());
            assertThat(page.path("count").asInt()).isEqualTo(4);
            assertThat(page.at("/devices/0").toString())
                    .isEqualTo("{\"mac\":\"000e08000000\",\"labels\":[\"all\",\"n0\"]}");
            assertThat(first.headers().firstValue("Link"))
                    .contains("<" + page.path("next").asText() + ">; rel=\"next\"");
            JsonNode second = JSON.readTree(hub.get(page.path("next").asText()).body());
            assertThat(macs(second)).containsExactly("000e08000004", "000e08000006");
            assertThat(second.path("next").isNull()).isTrue();
            assertThat(macs(JSON.readTree(hub.get(DEVICES).body()))).hasSize(7);
            assertThat(macs(JSON.readTree(hub.get(DEVICES + "?filter=" + encoded("label in (n1, n5) or mac=*6"))
                            .body())))
                    .containsExactly("000e08000001", "000e08000005", "000e08000006");

            HttpResponse<String> typo = hub.get(DEVICES + "?filter=" + encoded("tennant=north"));
            assertThat(typo.statusCode()).isEqualTo(400);
            JsonNode problem = JSON.readTree(typo.body());
            assertThat(problem.path("position").asInt()).isEqualTo(1);
            assertThat(problem.path("token").asText()).isEqualTo("tennant");
            assertThat(problem.path("detail").asText()).endsWith("did you mean tenant?");
            for (String query :
                    new String[] {"?limit=0", "?limit=1001", "?after=x", "?fields=nothing", "?filtr=all", "?count=1"}) {
                HttpResponse<String> refused = hub.get(DEVICES + query);
                assertThat(refused.statusCode()).as(query).isEqualTo(400);
            }
        }
    }

    @Test
    void create_again_is409_andBadFieldsAreNamed() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String body = "{\"mac\":\"000e08aabbcc\",\"model\":\"504G\",\"settings\":{\"Time_Zone\":\"GMT+01:00\"}}";
            HttpResponse<String> made = hub.post(DEVICES, "application/json", body);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(made.headers().firstValue("Location")).contains(DEVICE);
            assertThat(tag(hub.get(DEVICE))).isEqualTo(tag(made));
            assertThat(JSON.readTree(made.body()).at("/settings/Time_Zone").asText())
                    .isEqualTo("GMT+01:00");
            assertThat(hub.post(DEVICES, "application/json", body).statusCode()).isEqualTo(409);
            for (String[] bad : new String[][] {
                {"{\"model\":\"SPA504G\"}", "field 'mac' is missing"},
                {"{\"mac\":\"1\",\"model\":\"SPA504G\"}", "is not a MAC address"},
                {"{\"mac\":\"000e08aabbcd\"}", "field 'model' is missing"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"labels\":[\"VIP\"]}", "label 'VIP' is not allowed"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"labels\":\"vip\"}", "no list"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"colour\":\"red\"}", "none of labels, model"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"model\":\"SPA508G\"}", "names a field twice"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\"}garbage", "the body is not JSON"},
                {"{\"mac\":\"ffffffffffff\",\"model\":\"SPA504G\"}", "of no single device"},
                {"{\"mac\":\"00:00:00:00:00:00\",\"model\":\"SPA504G\"}", "of no single device"},
                {"{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"tenant\":\" \"}", "field 'tenant'"},
                {
                    "{\"mac\":\"000e08aabbcd\",\"model\":\"SPA504G\",\"settings\":{\"Station_Name\":\""
                            + "x".repeat(8193) + "\"}}",
                    "has 8193 characters; allowed: up to 8192"
                },
            }) {
                HttpResponse<String> refused = hub.post(DEVICES, "application/json", bad[0]);
                assertThat(refused.statusCode()).isEqualTo(422);
                assertThat(refused.body()).contains(bad[1]);
            }
            assertThat(hub.get(DEVICES + "/000e08aabbcd").statusCode()).isEqualTo(404);
            HttpResponse<String> misspelt = hub.get(DEVICES + "?limitt=1");
            assertThat(misspelt.statusCode()).isEqualTo(400);
            assertThat(misspelt.body()).contains("query parameter limitt is not allowed");
            assertThat(send(hub, "GET", DEVICES, "", "limit", "0").statusCode())
                    .as("a header is no query parameter")
                    .isEqualTo(200);
        }
    }

    @Test
    void tags_twoWriters_theSecondIsTold() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), places())) {
            assertThat(send(hub, "PUT", DEVICE, "{\"model\":\"SPA504G\"}", "If-Match", "*")
                            .statusCode())
                    .isEqualTo(412);
            HttpResponse<String> made = send(hub, "PUT", DEVICE, "{\"model\":\"SPA504G\"}", "If-None-Match", "*");
            assertThat(made.statusCode()).isEqualTo(200);
            assertThat(send(hub, "PUT", DEVICE, "{\"model\":\"SPA508G\"}", "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(412);
            String seen = tag(made);
            assertThat(send(hub, "GET", DEVICE, "", "If-None-Match", seen).statusCode())
                    .isEqualTo(304);
            assertThat(send(hub, "GET", DEVICE, "", "If-None-Match", "\"other\", W/" + seen)
                            .body())
                    .isEmpty();

            HttpResponse<String> first = send(hub, "PATCH", DEVICE, "{\"plan\":\"office\"}", "If-Match", seen);
            HttpResponse<String> second = send(hub, "PATCH", DEVICE, "{\"plan\":\"home\"}", "If-Match", seen);

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(second.statusCode()).isEqualTo(412);
            assertThat(second.body()).contains("the device has changed since");
            assertThat(JSON.readTree(hub.get(DEVICE).body()).path("plan").asText())
                    .isEqualTo("office");
            assertThat(send(hub, "PATCH", DEVICE, "{\"plan\":\"home\"}", "If-Match", "W/" + tag(first))
                            .statusCode())
                    .as("a weak tag does not do")
                    .isEqualTo(412);
            HttpResponse<String> labelled =
                    send(hub, "PATCH", DEVICE, "{\"labels\":[\"vip\"]}", "If-Match", tag(first));
            assertThat(labelled.statusCode()).isEqualTo(200);
            assertThat(tag(labelled)).isNotEqualTo(tag(first));
            JsonNode device = JSON.readTree(labelled.body());
            assertThat(device.path("revision").asInt())
                    .as("a label changes nothing for the phone")
                    .isEqualTo(2);
            String secret = tag(send(hub, "PATCH", DEVICE, "{\"settings\":{\"User_Password\":\"one\"}}"));
            HttpResponse<String> other = send(hub, "PATCH", DEVICE, "{\"settings\":{\"User_Password\":\"two\"}}");
            assertThat(tag(other)).as("a secret that changed").isNotEqualTo(secret);
            assertThat(other.body())
                    .contains("\"secretSettings\":[\"User_Password\"]")
                    .doesNotContain("two");
            assertThat(send(hub, "DELETE", DEVICE, "", "If-Match", secret).statusCode())
                    .isEqualTo(412);
            assertThat(send(hub, "DELETE", DEVICE, "", "If-Match", tag(other)).statusCode())
                    .isEqualTo(204);
            assertThat(hub.get(DEVICE).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void tags_manyWritersAtOnce_eachTagIsTakenOnce() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String seen = tag(send(hub, "PUT", DEVICE, "{\"model\":\"SPA504G\"}"));
            List<Integer> statuses = java.util.stream.IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> {
                        try {
                            return send(hub, "PATCH", DEVICE, "{\"labels\":[\"w" + i + "\"]}", "If-Match", seen)
                                    .statusCode();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();

            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
            assertThat(JSON.readTree(hub.get(DEVICE).body()).path("labels")).hasSize(1);
        }
    }
}
