package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask a running hub for what. */
class TokensIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEVICE = "/api/v1/devices/000e08aabbcc";

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void roles_eachPath_isRefusedWithoutTheRoleItNeeds() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String read = token(hub, "{\"name\":\"viewer\",\"roles\":[\"read\"]}");
            String order = token(hub, "{\"name\":\"crm\",\"roles\":[\"order\"]}");
            String operate = token(hub, "{\"name\":\"noc\",\"roles\":[\"operate\"],\"days\":30}");
            String device = "{\"model\":\"SPA508G\"}";

            assertThat(send(hub, "PUT", DEVICE, read, device).statusCode()).isEqualTo(403);
            assertThat(send(hub, "PUT", DEVICE, order, device).statusCode()).isEqualTo(403);
            assertThat(send(hub, "PUT", DEVICE, operate, device).statusCode()).isEqualTo(200);
            assertThat(send(hub, "GET", DEVICE, read, "").statusCode()).isEqualTo(200);
            assertThat(send(hub, "POST", "/api/v1/imports", operate, "x").statusCode())
                    .isEqualTo(403);
            String row = "externalId,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n"
                    + "R-1,0002fdff2199,SPA508G,4930,secret-word,sip.example.net\n";
            assertThat(send(hub, "POST", "/api/v1/imports", order, row).statusCode())
                    .isEqualTo(200);
            for (String path : new String[] {DEVICE + "/key", DEVICE + "/spc", "/api/v1/tokens", "/api/v1/audit"}) {
                HttpResponse<String> refused = send(hub, "GET", path, operate, "");
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(JSON.readTree(refused.body()).path("detail").asText())
                        .isEqualTo("the role admin is needed for this");
            }
            HttpResponse<String> tmf = send(hub, "POST", "/tmf-api/serviceOrdering/v4/serviceOrder", operate, "{}");
            assertThat(tmf.statusCode()).isEqualTo(403);
            assertThat(JSON.readTree(tmf.body()).path("@type").asText()).isEqualTo("Error");
            assertThat(JSON.readTree(tmf.body()).path("code").asText()).isEqualTo("403");
        }
    }

    @Test
    void whatIsNotThere_isNotFoundOrNotAllowed_andTheBodySaysSo() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String order = token(hub, "{\"name\":\"crm\",\"roles\":[\"order\"]}");
            String admin = Files.readString(folder.resolve("data/admin.token")).strip();
            String orders = "/tmf-api/serviceOrdering/v4/serviceOrder";

            for (String token : new String[] {order, admin}) {
                for (String path : new String[] {orders + "s", "/api/v1/nothing"}) {
                    HttpResponse<String> missing = send(hub, "GET", path, token, "");
                    assertThat(missing.statusCode()).as(path).isEqualTo(404);
                    assertThat(message(missing)).startsWith("nothing is here");
                }
                HttpResponse<String> put = send(hub, "PUT", orders, token, "{}");
                assertThat(put.statusCode()).isEqualTo(405);
                assertThat(put.headers().firstValue("Allow")).contains("GET, POST");
                assertThat(message(put)).isEqualTo("allowed here: GET, POST");
                assertThat(JSON.readTree(put.body()).path("@type").asText()).isEqualTo("Error");
                assertThat(send(hub, "HEAD", orders + "s", token, "").statusCode())
                        .isEqualTo(404);
                HttpResponse<String> head = send(hub, "HEAD", orders, token, "");
                assertThat(head.statusCode()).isEqualTo(405);
                assertThat(head.headers().firstValue("Allow")).contains("GET, POST");
                assertThat(send(hub, "DELETE", "/api/v1/imports", token, "")
                                .headers()
                                .firstValue("Allow"))
                        .contains("GET, POST");
            }
            HttpResponse<String> form = http.send(
                    request(hub, orders)
                            .header("Authorization", "Bearer " + order)
                            .header("Content-Type", "multipart/form-data; boundary=x")
                            .POST(HttpRequest.BodyPublishers.ofString("--x--"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(form.statusCode()).isEqualTo(415);
            assertThat(message(form)).startsWith("a form is not taken");
        }
    }

    private static String message(HttpResponse<String> answer) throws Exception {
        JsonNode body = JSON.readTree(answer.body());
        return body.path("message").asText(body.path("detail").asText());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /api/v1/devices/000e08aabbcc,                    Bearer 0000000000000000000000000000000000000000000000000000000000000000
            /api/v1/devices/000e08aabbcc,                    Bearer
            /api/v1/devices/000e08aabbcc,                    Basic YWRtaW46YWRtaW4=
            /nothing/like/this,                              Bearer x
            /tmf-api/serviceOrdering/v4/serviceOrder,        Bearer x
            """)
    void unknownToken_anyPath_isTheSame401(String path, String header) throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String expired = token(hub, "{\"name\":\"old\",\"roles\":[\"admin\"]}");
            String id = JSON.readTree(hub.get("/api/v1/tokens").body())
                    .path("tokens")
                    .get(1)
                    .path("id")
                    .asText();
            assertThat(hub.delete("/api/v1/tokens/" + id).statusCode()).isEqualTo(204);

            HttpResponse<String> unknown = http.send(
                    request(hub, path).header("Authorization", header).GET().build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> none =
                    http.send(request(hub, path).GET().build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> revoked = send(hub, "GET", path, expired, "");

            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.body()).isEqualTo(unknown.body()).isEqualTo(revoked.body());
            assertThat(revoked.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void create_badBodies_areRefusedWithWhatIsAllowed() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            for (String[] body : new String[][] {
                {"{\"name\":\"a\",\"roles\":[\"root\"]}", "read, order, operate, admin"},
                {"{\"name\":\"a\",\"roles\":[]}", "read, order, operate, admin"},
                {"{\"name\":\"\",\"roles\":[\"read\"]}", "1 to 63"},
                {"{\"name\":\"a\",\"roles\":[\"read\"],\"days\":0}", "1 to 36500"},
                {"{\"name\":\"a\",\"role\":\"read\"}", "days, name, person, roles"},
                {"{\"name\":\"a\",\"person\":\"\",\"roles\":[\"read\"]}", "person is not 1 to 63"},
                {"[", "not JSON"},
            }) {
                HttpResponse<String> refused = hub.post("/api/v1/tokens", "application/json", body[0]);
                assertThat(refused.statusCode()).isEqualTo(422);
                assertThat(refused.body()).contains(body[1]);
            }
            assertThat(hub.delete("/api/v1/tokens/nobody").statusCode()).isEqualTo(404);
            assertThat(hub.post("/api/v1/tokens/nobody/rotate", "application/json", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(JSON.readTree(hub.get("/api/v1/tokens").body()).path("tokens"))
                    .hasSize(1);
        }
    }

    @Test
    void commands_makeListRotateRevoke_andNeedOnlyTheDataFolder() throws Exception {
        Path data = folder.resolve("data");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            String port = String.valueOf(hub.config().listeners().api().port());
            Map<String, String> settings = HubUnderTest.settings(data, Map.of("hub.api.port", port));

            String made = command(settings, 0, "token", "create", "--name", "crm", "--role", "order", "--days", "7");
            String secret = made.lines()
                    .filter(line -> line.matches("[0-9a-f]{64}"))
                    .findFirst()
                    .orElseThrow();
            assertThat(send(hub, "GET", "/api/v1/layers", secret, "").statusCode())
                    .isEqualTo(200);
            String listed = command(settings, 0, "token", "list");
            assertThat(listed).contains("crm", "order", "valid", "admin.token").doesNotContain(secret);
            String id = listed.lines()
                    .filter(line -> line.contains(" crm "))
                    .map(line -> line.split(" ")[0])
                    .findFirst()
                    .orElseThrow();

            String rotated = command(settings, 0, "token", "rotate", id, "--overlap", "3600", "--json");
            assertThat(rotated).contains("\"token\" : ");
            assertThat(send(hub, "GET", "/api/v1/layers", secret, "").statusCode())
                    .isEqualTo(200);
            command(settings, 0, "token", "revoke", id);
            assertThat(send(hub, "GET", "/api/v1/layers", secret, "").statusCode())
                    .isEqualTo(401);
            assertThat(command(settings, 0, "token", "list", "--json")).contains("\"state\" : \"revoked\"");
            assertThat(command(settings, 2, "token", "revoke", "../devices")).contains("is not the id of a token");
            assertThat(command(settings, 1, "token", "create", "--name", "x", "--role", "root"))
                    .contains("read, order, operate, admin");
        }
        Files.delete(data.resolve("admin.token"));
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            assertThat(hub.get("/api/v1/tokens").statusCode())
                    .as("with the new file")
                    .isEqualTo(200);
        }
    }

    @Test
    void commands_withATokenInTheEnvironment_actAsItsPerson() throws Exception {
        Path data = folder.resolve("data");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            String port = String.valueOf(hub.config().listeners().api().port());
            Map<String, String> settings = HubUnderTest.settings(data, Map.of("hub.api.port", port));
            Map<String, String> anna = new HashMap<>(settings);
            anna.put("HUB_TOKEN", token(hub, "{\"name\":\"anna\",\"roles\":[\"operate\"]}"));
            Map<String, String> ben = new HashMap<>(settings);
            Path file = Files.writeString(
                    folder.resolve("ben.token"), token(hub, "{\"name\":\"ben\",\"roles\":[\"read\"]}") + "\n");
            ben.put("HUB_TOKEN_FILE", file.toString());

            assertThat(command(anna, 0, "hold")).contains(" by anna (");
            assertThat(command(ben, 1, "hold", "--release")).contains("the role operate is needed for this");
            assertThat(command(ben, 0, "hold", "--status")).contains(" by anna (");
            anna.put("HUB_TOKEN", "0".repeat(64));
            assertThat(command(anna, 1, "hold", "--release")).contains("a valid bearer token is needed");
            assertThat(command(settings, 0, "hold", "--release")).contains("rollouts go on");
        }
    }

    private String command(Map<String, String> settings, int exit, String... arguments) throws Exception {
        return CommandRun.of(settings, arguments).ending(exit);
    }

    private static String token(HubUnderTest hub, String body) throws Exception {
        HttpResponse<String> made = hub.post("/api/v1/tokens", "application/json", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode token = JSON.readTree(made.body());
        return token.path("token").asText();
    }

    private HttpResponse<String> send(HubUnderTest hub, String method, String path, String token, String body)
            throws Exception {
        return http.send(
                request(hub, path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", path.endsWith("imports") ? "text/csv" : "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HubUnderTest hub, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://" + hub.config().listeners().api() + path));
    }
}
