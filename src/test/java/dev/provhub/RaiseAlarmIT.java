package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.provhub.device.MacAddress;
import dev.provhub.store.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A phone that falls silent and comes back, as the OSS, an operator and a reader of its log see it. */
class RaiseAlarmIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final MacAddress UNSEEN = MacAddress.parse("000e08000009");
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> contentTypes = new CopyOnWriteArrayList<>();

    /** A receiver that refuses the first so many requests. */
    private HttpServer receiver(int refused) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean taken = asked.incrementAndGet() > refused;
            if (taken) {
                received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
                contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            }
            exchange.sendResponseHeaders(taken ? 202 : 503, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void order(HubUnderTest hub, MacAddress mac) throws Exception {
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + "L-%s,add,%s,SPA504G,1,user-1,pass-1,sip.example.net%n".formatted(mac, mac))
                        .body())
                .contains(",ok,");
    }

    @Test
    void phone_thatFallsSilentAndComesBack_isToldOnceEach() throws Exception {
        String database = Engine.POSTGRES.freshUrl(folder);
        HttpServer receiver = receiver(2);
        try (HubUnderTest hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.database.url",
                        database,
                        "hub.database.user",
                        "",
                        "hub.alarm.url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/events?to=oss"))) {
            order(hub, KITCHEN);
            order(hub, UNSEEN);
            PhoneUnderTest phone =
                    phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
            phone.awaitParameter("User_ID_1_", "user-1");
            await().atMost(PATIENCE).until(() -> hub.get("/metrics").body().contains("hub_silent_devices 0.0"));
            phone.close();
            awaitSetBack(database, () -> received.size() == 1);
            String post = received.get(0);
            assertThat(post).startsWith("POST /events?to=oss {");
            assertThat(contentTypes.get(0)).startsWith("application/cloudevents+json");
            JsonNode event = JSON.readTree(post.substring(post.indexOf('{')));
            assertThat(event.path("type").asText()).isEqualTo("dev.provhub.device.silent");
            assertThat(event.path("subject").asText()).isEqualTo(KITCHEN.hex());
            assertThat(event.path("data").path("periodSeconds").asLong()).isEqualTo(4200);
            assertThat(post).doesNotContain("/p/");

            JsonNode log = JSON.readTree(
                    hub.get("/api/v1/devices/" + KITCHEN + "/contacts").body());
            assertThat(log.path("events").get(0).path("kind").asText()).isEqualTo("state");
            assertThat(log.path("events").get(0).path("reason").asText())
                    .contains("nothing heard since 20", "(its period is 4200 s)");
            assertThat(log.path("causes").findValuesAsText("id")).contains("silent");
            assertThat(hub.get("/api/v1/devices/" + UNSEEN + "/contacts?kind=state")
                            .body())
                    .contains("never heard of");
            assertThat(hub.get("/api/v1/silent-devices").body()).contains(KITCHEN.hex());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.get("/api/v1/health").body())
                            .contains("1 of 1 devices that poll here are silent, more than 5 %"));

            setBack(database, OffsetDateTime.now(ZoneOffset.UTC));
            await().atMost(PATIENCE).until(() -> received.size() == 2);
            assertThat(received.get(1)).contains("dev.provhub.device.returned", KITCHEN.hex());
            assertThat(hub.get("/api/v1/silent-devices").body()).doesNotContain(KITCHEN.hex());
        } finally {
            receiver.stop(0);
        }
    }

    /** Again and again, because the device log may still write down the phone's last contact. */
    private static void awaitSetBack(String database, Callable<Boolean> condition) {
        OffsetDateTime longAgo = OffsetDateTime.now(ZoneOffset.UTC).minusHours(9);
        await().atMost(PATIENCE).until(() -> {
            setBack(database, longAgo);
            return condition.call();
        });
    }

    private static void setBack(String database, OffsetDateTime time) throws Exception {
        try (Connection connection = DriverManager.getConnection(database);
                PreparedStatement statement = connection.prepareStatement("update device_seen set last_contact = ?")) {
            statement.setObject(1, time);
            assertThat(statement.executeUpdate()).isLessThanOrEqualTo(1);
        }
    }

    /** It takes connections and never says a word. */
    @Test
    void receiver_thatNeverAnswers_holdsUpNothing() throws Exception {
        String database = Engine.POSTGRES.freshUrl(folder);
        try (ServerSocket dumb = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HubUnderTest hub = HubUnderTest.start(
                        folder.resolve("data"),
                        Map.of(
                                "hub.database.url",
                                database,
                                "hub.database.user",
                                "",
                                "hub.shutdown.timeout",
                                "5",
                                "hub.alarm.url",
                                "http://127.0.0.1:" + dumb.getLocalPort() + "/"))) {
            order(hub, KITCHEN);
            PhoneUnderTest phone =
                    phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
            phone.awaitParameter("User_ID_1_", "user-1");
            await().atMost(PATIENCE).until(() -> hub.get("/api/v1/devices/" + KITCHEN + "/contacts")
                    .body()
                    .contains("profile answered"));
            phone.close();
            awaitSetBack(
                    database, () -> hub.get("/api/v1/silent-devices").body().contains(KITCHEN.hex()));

            setBack(database, OffsetDateTime.now(ZoneOffset.UTC));
            await().atMost(PATIENCE)
                    .until(() -> !hub.get("/api/v1/silent-devices").body().contains(KITCHEN.hex()));
        }
    }
}
