package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Route files edited in a running hub, while phones and programs ask. */
class LiveRoutesIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutesIT.class);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private Path routes;
    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        Folders.copy(Path.of("routes"), folder.resolve("routes"));
        routes = folder.resolve("routes");
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.routes", routes.toString(),
                        "hub.routes.site", folder.resolve("site").toString()));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private HttpResponse<byte[]> ask(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(hub.httpUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode state() throws IOException, InterruptedException {
        return JSON.readTree(hub.get("/api/v1/routes").body());
    }

    private long applied() throws IOException, InterruptedException {
        return state().path("reloads").path("applied").asLong();
    }

    /** Edits a file in place. */
    private void edit(String file, String from, String to) throws IOException {
        Path path = routes.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private static final String RECORD = "        - bean:\n            id: record\n";
    private static final String STAMPED = """
                    - setHeader:
                        id: answer-device-stamp
                        name: X-Edition
                        expression:
                          constant:
                            expression: "%s"
            """ + RECORD;

    private String edition() throws IOException, InterruptedException {
        return ask("/spa504G.cfg").headers().firstValue("X-Edition").orElse("");
    }

    /** {@code -Dhub.test.saves=50} for more; how long each took until it was live is told. */
    @Test
    void saves_whilePhonesAsk_takeEffectAndNoRequestFails() throws Exception {
        String original = Files.readString(routes.resolve("devices/answer-device.camel.yaml"));
        int editions = Integer.getInteger("hub.test.saves", 5);
        List<Long> millis = new ArrayList<>();
        AskingPhones phones = AskingPhones.of(hub, "spa504G.cfg");
        try (phones) {
            for (int edition = 1; edition <= editions; edition++) {
                String wanted = "e" + edition;
                Files.writeString(
                        routes.resolve("devices/answer-device.camel.yaml"),
                        original.replace(RECORD, STAMPED.formatted(wanted)));
                long saved = System.nanoTime();
                await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> edition()
                        .equals(wanted));
                millis.add(Duration.ofNanos(System.nanoTime() - saved).toMillis());
            }
        }

        LOG.info("Saves live millis={} http={} tftp={}", millis, phones.overHttp(), phones.overTftp());
        assertThat(phones.failures()).isEmpty();
        assertThat(phones.overHttp()).isGreaterThan(editions);
        assertThat(phones.overTftp()).isGreaterThan(editions);
        assertThat(state().path("reloads").path("applied").asInt()).isEqualTo(editions);
    }

    @Test
    void save_withAMisspeltStep_isRefusedWithTheNearestNameAndTheNextGoodOneCounts() throws Exception {
        long before = applied();

        edit("devices/answer-device.camel.yaml", "ref: identify", "ref: identfy");
        JsonNode problem = awaitProblem();

        assertThat(problem.path("file").asText()).isEqualTo("routes/devices/answer-device.camel.yaml");
        assertThat(problem.path("line").asInt()).isEqualTo(22);
        assertThat(problem.path("column").asInt()).isPositive();
        assertThat(problem.path("reason").asText()).contains("there is no step or bean 'identfy'");
        assertThat(problem.path("suggestion").asText()).isEqualTo("identify");
        CommandRun told = hub.command("routes");
        assertThat(told.exit()).isZero();
        assertThat(told.output())
                .contains("routes/devices/answer-device.camel.yaml:2 ")
                .containsPattern("refused: routes/devices/answer-device\\.camel\\.yaml:22:[1-9][0-9]*: "
                        + "there is no step or bean 'identfy'; did you mean 'identify'\\?");
        assertThat(hub.get("/metrics").body().lines())
                .filteredOn(line -> line.startsWith("hub_routes_"))
                .anyMatch(line -> line.matches("hub_routes_edits_total\\{outcome=\"refused\"} [1-9].*"))
                .contains("hub_routes_refused 1.0");
        assertThat(hub.get("/api/v1/health").body()).contains("route files are refused");
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);

        edit("devices/answer-device.camel.yaml", "ref: identfy", "ref: identify");
        await().atMost(SOON).until(() -> state().path("problems").isEmpty());
        assertThat(applied()).isEqualTo(before);
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
    }

    @Test
    void fileOfTheSite_isToldUnderItsOwnPathWhereverItIsNamed() throws Exception {
        Path own = Files.createDirectories(folder.resolve("site/devices")).resolve("answer-device.camel.yaml");
        String shipped = Files.readString(routes.resolve("devices/answer-device.camel.yaml"));
        Files.writeString(own, shipped.replace("ref: identify", "ref: identfy"));
        Files.writeString(folder.resolve("site/MyFlow.yaml"), "- route: {}\n");

        JsonNode problem = awaitProblem();
        assertThat(problem.path("file").asText()).isEqualTo("site/devices/answer-device.camel.yaml");
        assertThat(problem.path("site").asBoolean()).isTrue();
        assertThat(hub.get("/api/v1/health").body()).contains("site/devices/answer-device.camel.yaml line 22");
        JsonNode warning = state().path("warnings").path(0);
        assertThat(warning.path("file").asText()).isEqualTo("site/MyFlow.yaml");
        assertThat(warning.path("reason").asText()).contains("is not looked at", ".camel.yaml");

        Files.writeString(own, shipped.replace(RECORD, """
                            - throwException:
                                id: answer-device-fail
                                exceptionType: java.lang.IllegalStateException
                                message: no luck
                    """ + RECORD));
        await().atMost(SOON).until(() -> ask("/spa504G.cfg").statusCode() == 503);
        assertThat(state().path("problems")).isEmpty();
        JsonNode route = JSON.readTree(hub.get("/api/v1/routes/answer-device").body());
        int line = Files.readAllLines(own).indexOf("            id: answer-device-fail") + 1;
        assertThat(route.path("lastError").asText()).contains("no luck");
        assertThat(route.path("lastErrorStep").asText()).isEqualTo("answer-device-fail");
        assertThat(route.path("lastErrorWhere").asText()).isEqualTo("site/devices/answer-device.camel.yaml:" + line);
        CommandRun told = hub.command("routes", "--site");
        assertThat(told.output())
                .contains("answer-device ", "site/devices/answer-device.camel.yaml:2\n", "warning: site/MyFlow.yaml: ")
                .doesNotContain("serve-http", "refused");
    }

    @Test
    void files_thatNeedEachOther_mayBeSavedInEitherOrderAndTakenAwayAgain() throws Exception {
        Files.writeString(routes.resolve("devices/greet-phones.camel.yaml"), GREETING);
        edit("devices/answer-device.camel.yaml", RECORD, """
                    - to:
                        id: to-greet-phones
                        uri: direct
                        parameters:
                          name: greet-phones
            """ + RECORD);
        await().atMost(SOON).until(() -> edition().equals("greeted"));

        Files.move(
                routes.resolve("devices/greet-phones.camel.yaml"), routes.resolve("devices/welcome-phones.camel.yaml"));
        assertThat(awaitProblem().path("reason").asText()).contains("must be 'welcome-phones'");
        assertThat(edition()).isEqualTo("greeted");
        edit("devices/welcome-phones.camel.yaml", "id: greet-phones\n", "id: welcome-phones\n");
        await().atMost(SOON).until(() -> state().path("routes").toString().contains("welcome-phones"));
        assertThat(edition()).isEqualTo("greeted");
        assertThat(state().path("problems")).isEmpty();

        Files.delete(routes.resolve("devices/welcome-phones.camel.yaml"));
        assertThat(awaitProblem().path("reason").asText()).contains("nothing consumes direct:greet-phones");
        assertThat(edition()).isEqualTo("greeted");
        Files.copy(
                Path.of("routes/devices/answer-device.camel.yaml"),
                routes.resolve("devices/answer-device.camel.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await().atMost(SOON).until(() -> edition().isEmpty());
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
    }

    @Test
    void listener_thatCannotListen_isRefusedAndTheOneBeforeServesAgain() throws Exception {
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            edit(
                    "devices/serve-http.camel.yaml",
                    "http://{{hub.http.host}}:{{hub.http.port}}/",
                    "http://127.0.0.1:" + taken.getLocalPort() + "/");
            assertThat(awaitProblem().path("reason").asText()).contains("cannot be put in force");
        }

        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
        assertThat(hub.get("/api/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void request_inFlight_endsOnTheRouteWithWhichItHasBegun() throws Exception {
        edit(
                "devices/answer-device.camel.yaml",
                RECORD,
                STAMPED.formatted("old").replace(RECORD, "") + """
                    - delay:
                        id: answer-device-wait
                        expression:
                          constant:
                            expression: "3000"
            """ + RECORD);
        awaitApplied(1);
        java.util.concurrent.CompletableFuture<HttpResponse<byte[]>> slow = http.sendAsync(
                HttpRequest.newBuilder(URI.create(hub.httpUrl() + "/spa504G.cfg"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        await().atMost(SOON)
                .until(() ->
                        JSON.readTree(hub.get("/api/v1/routes/answer-device").body())
                                        .path("inFlight")
                                        .asInt()
                                == 1);

        Files.copy(
                Path.of("routes/devices/answer-device.camel.yaml"),
                routes.resolve("devices/answer-device.camel.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        awaitApplied(2);

        assertThat(edition()).isEmpty();
        HttpResponse<byte[]> late = slow.get();
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(late.headers().firstValue("X-Edition")).contains("old");
    }

    @Test
    void path_ofTheInterface_comesAndGoesWithItsFile() throws Exception {
        assertThat(hub.get("/api/v1/site/hello").statusCode()).isEqualTo(404);

        Files.writeString(routes.resolve("ops/say-hello.camel.yaml"), HELLO);
        await().atMost(SOON).until(() -> hub.get("/api/v1/site/hello").statusCode() == 200);
        assertThat(hub.get("/api/v1/site/hello").body()).isEqualTo("hello");
        edit("ops/say-hello.camel.yaml", "expression: hello", "expression: hello again");
        await().atMost(SOON).until(() -> hub.get("/api/v1/site/hello").body().equals("hello again"));
        Files.delete(routes.resolve("ops/say-hello.camel.yaml"));
        await().atMost(SOON).until(() -> hub.get("/api/v1/site/hello").statusCode() == 404);
    }

    @Test
    void route_isToldToStopAndTraced() throws Exception {
        HttpResponse<String> stopped = hub.post("/api/v1/routes/answer-bootstrap/stop", "application/json", "");
        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(stopped.body()).contains("\"state\":\"stopped\"");
        assertThat(ask("/spa504G.cfg").statusCode()).isNotEqualTo(200);
        assertThat(hub.get("/api/v1/audit").body()).contains("route stop route=answer-bootstrap");
        hub.post("/api/v1/routes/answer-bootstrap/start", "application/json", "");
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
        assertThat(hub.post("/api/v1/routes/answer-bootstrap/explode", "application/json", "")
                        .statusCode())
                .isEqualTo(422);
        for (JsonNode route : JSON.readTree(hub.get("/api/v1/routes").body()).path("routes")) {
            String id = route.path("id").asText();
            if (id.contains("route-command") || id.contains("routes-command")) {
                HttpResponse<String> itself = hub.post("/api/v1/routes/" + id + "/stop", "application/json", "");
                assertThat(itself.statusCode()).as(id).isEqualTo(409);
                assertThat(itself.body()).contains("carries this command");
            }
        }
        assertThat(hub.post("/api/v1/routes/nobody/stop", "application/json", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.post("/api/v1/routes/serv-http/stop", "application/json", "")
                        .body())
                .contains("there is no such route; did you mean 'serve-http'?", "404");
        assertThat(hub.get("/api/v1/routes/answer-bootstrp").body()).contains("did you mean 'answer-bootstrap'?");

        assertThat(hub.post("/api/v1/devices/000e08aabb01/trace", "application/json", "")
                        .statusCode())
                .isEqualTo(202);
        ask("/000e08aabb01.cfg");
        await().atMost(SOON)
                .until(() ->
                        hub.get("/api/v1/devices/000e08aabb01/trace").body().contains("\"id\":\"decide\""));
        JsonNode trace =
                JSON.readTree(hub.get("/api/v1/devices/000e08aabb01/trace").body());
        assertThat(trace.path("awaitedUntil").isNull()).isTrue();
        assertThat(trace.path("steps").findValuesAsText("id")).contains("identify", "decide", "by-kind", "record");
        assertThat(trace.path("steps").toString()).contains("\"hubKind\":");

        JsonNode one = JSON.readTree(hub.get("/api/v1/routes/answer-device").body());
        assertThat(one.path("file").asText()).isEqualTo("routes/devices/answer-device.camel.yaml");
        assertThat(one.path("line").asInt()).isEqualTo(2);
        assertThat(one.path("exchanges").asLong()).isGreaterThan(2);
        assertThat(one.path("mermaid").asText()).startsWith("flowchart TD").contains("bean: decide", "is-bootstrap");
    }

    private static final String GREETING = """
            - route:
                id: greet-phones
                description: Greet a phone
                routeConfigurationId: hub-errors
                from:
                  uri: direct
                  parameters:
                    name: greet-phones
                  steps:
                    - setHeader:
                        id: greet-phones-stamp
                        name: X-Edition
                        expression:
                          constant:
                            expression: greeted
            """;
    private static final String HELLO = """
            - rest:
                id: hello
                path: /api/v1/site
                description: A path of the site's own
                get:
                  - id: get-hello
                    path: /hello
                    to: direct:say-hello
            - route:
                id: say-hello
                description: Say hello
                routeConfigurationId: hub-api-errors
                from:
                  uri: direct
                  parameters:
                    name: say-hello
                  steps:
                    - setBody:
                        id: say-hello-body
                        expression:
                          constant:
                            expression: hello
            """;

    private JsonNode awaitProblem() {
        await().atMost(SOON).until(() -> !state().path("problems").isEmpty());
        try {
            return state().path("problems").path(0);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitApplied(long wanted) {
        await().atMost(SOON).until(() -> applied() == wanted);
    }
}
