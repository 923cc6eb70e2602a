package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.ResyncReason;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NOTIFY out of a whole hub, to programs that others wrote and to virtual phones. */
class NotifyPhonesIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private @Nullable HubUnderTest hub;

    private void start(Map<String, String> settings) throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), settings);
        assertThat(hub.post("/api/v1/imports", "text/csv", """
                        externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain
                        N-1,add,000e08000001,SPA2102,1,1001,s3cret-1001,sip.example.net
                        """).body()).contains(",ok,");
    }

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    private HttpResponse<String> asked(String json) throws Exception {
        return hub.post("/api/v1/devices/" + KITCHEN + "/notify", "application/json", json);
    }

    private JsonNode newest() throws Exception {
        return JSON.readTree(
                        hub.get("/api/v1/devices/" + KITCHEN + "/notifications").body())
                .path("notifications")
                .path(0);
    }

    private String outcome() throws Exception {
        await().atMost(PATIENCE).until(() -> List.of("delivered", "failed")
                .contains(newest().path("state").asText()));
        JsonNode ended = newest();
        return ended.path("state").asText() + ": " + ended.path("outcome").asText();
    }

    private String outcomeOf(String action, String to) throws Exception {
        assertThat(asked("{\"action\":\"" + action + "\",\"to\":\"" + to + "\"}")
                        .statusCode())
                .isEqualTo(202);
        return outcome();
    }

    @ParameterizedTest
    @CsvSource({"resync, resync, u1, ''", "reboot, reboot_now, u1, ''", "report, report, t1, ;transport=tcp"})
    void notify_toSipp_isTaken(String action, String event, String transport, String to) throws Exception {
        try (SippPeer phone = SippPeer.start(folder, "take.sipp.xml", transport, "-key", "event", event)) {
            start(Map.of());

            assertThat(outcomeOf(action, phone.address() + to))
                    .isEqualTo("delivered: the phone has taken it at line 1 (200 OK)");

            phone.assertPlayed();
        }
    }

    @ParameterizedTest
    @CsvSource({"u1, ''", "t1, ;transport=tcp"})
    void notify_phoneAsksForTheLinesAccount_isGivenIt(String transport, String to) throws Exception {
        try (SippPeer phone = SippPeer.start(folder, "take-login.sipp.xml", transport)) {
            start(Map.of());

            assertThat(outcomeOf("resync", phone.address() + to)).startsWith("delivered");

            phone.assertPlayed();
        }
    }

    @Test
    void notify_phoneHasAnotherPassword_saysSo() throws Exception {
        try (SippPeer phone = SippPeer.start(folder, "take-login.sipp.xml", "u1")) {
            start(Map.of());
            hub.post("/api/v1/imports", "text/csv", """
                    externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain
                    N-2,modify,000e08000001,SPA2102,1,1001,another-one,sip.example.net
                    """);

            assertThat(outcomeOf("resync", phone.address()))
                    .startsWith("failed: the line's credentials were refused")
                    .doesNotContain("another-one");
        }
    }

    @Test
    void notify_answerComesLate_isSentAgainUntilThen() throws Exception {
        try (SippPeer phone = SippPeer.start(folder, "take-late.sipp.xml", "u1")) {
            start(Map.of());

            assertThat(outcomeOf("resync", phone.address())).startsWith("delivered");

            phone.assertPlayed();
            assertThat(phone.requests()).isGreaterThan(1);
        }
    }

    @Test
    void notify_throughAProxyThatAsksItself_reachesThePhoneBehind() throws Exception {
        int port = SippPeer.freePort();
        start(Map.of(
                "hub.notify.proxy", "127.0.0.1:" + port,
                "hub.notify.proxy.user", "hub",
                "hub.notify.proxy.password", "pr0xy"));
        try (SippPeer proxy = SippPeer.startAt(port, folder, "proxy.sipp.xml", "u1")) {
            assertThat(hub.post("/api/v1/devices/" + KITCHEN + "/resync", "application/json", "")
                            .statusCode())
                    .isEqualTo(202);

            assertThat(outcome()).startsWith("delivered");
            proxy.assertPlayed();
        }
    }

    @Test
    void notify_nobodyThere_saysWhatIsUsuallyTheCause() throws Exception {
        start(Map.of());
        try (DatagramSocket deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(outcomeOf("resync", "127.0.0.1:" + SippPeer.freePort() + ";transport=tcp"))
                    .isEqualTo("failed: it could not be sent: the connection was refused: nothing listens there");
            assertThat(outcomeOf("resync", "127.0.0.1:" + deaf.getLocalPort()))
                    .isEqualTo("failed: no answer within 32 s: the phone is off, or behind NAT (set hub.notify.proxy)");
        }
        assertThat(hub.get("/api/v1/devices/" + KITCHEN + "/notifications").body())
                .contains("\"askedBy\":\"admin.token");
    }

    @Test
    void notify_mistakes_areToldWithWhatIsAllowed() throws Exception {
        start(Map.of());
        Map<String, String> wrong = new HashMap<>();
        wrong.put("{\"action\":\"explode\"}", "allowed: resync, reboot, report");
        wrong.put("{\"action\":\"resync\",\"to\":\"sip:me@h\"}", "allowed: host[:port][;transport=udp|tcp]");
        wrong.put("{\"action\":\"resync\",\"to\":\"h\\r\\nEvent: reboot_now\"}", "allowed: host[:port]");
        wrong.put("[", "not JSON");
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            HttpResponse<String> answer = asked(one.getKey());
            assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(422);
            assertThat(answer.body()).contains(one.getValue());
        }
        assertThat(hub.post("/api/v1/devices/000e08999999/resync", "application/json", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(newest().isMissingNode()).isTrue();
    }

    @Test
    void notify_whereThePhoneIsUnknown_saysSo() throws Exception {
        start(Map.of());
        hub.post("/api/v1/devices/" + KITCHEN + "/resync", "application/json", "");

        assertThat(outcome()).startsWith("failed: where the phone is, is not known");
    }

    @Test
    void strangers_areNeverAnsweredAndChangeNothing() throws Exception {
        ExternalProgram.require("sipsak");
        start(Map.of());
        int port = hub.config().notifying().sip().port();
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (String text : List.of(
                    "OPTIONS sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\n"
                            + "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n",
                    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: a\r\nTo: b\r\nCall-ID: 1\r\n"
                            + "CSeq: 1 NOTIFY\r\n\r\n",
                    "",
                    "x".repeat(60_000))) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                stranger.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            }
            // Its requests go unanswered until it gives up
            assertThat(ExternalProgram.run(null, "sipsak", "-Z", "50", "-s", "sip:1001@127.0.0.1:" + port)
                            .exit())
                    .isNotZero();
            stranger.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> stranger.receive(new DatagramPacket(new byte[10], 10)))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
        assertThat(newest().isMissingNode()).isTrue();

        try (SippPeer phone = SippPeer.start(folder, "take.sipp.xml", "u1", "-key", "event", "resync")) {
            assertThat(outcomeOf("resync", phone.address())).startsWith("delivered");
        }
    }

    /** The next NOTIFY that was not here before. */
    private static String nextCall(DatagramSocket phone, Set<String> known) throws Exception {
        phone.setSoTimeout((int) PATIENCE.toMillis());
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            phone.receive(packet);
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            Matcher call = Pattern.compile("(?m)^Call-ID: (.*)$").matcher(text);
            assertThat(call.find()).as(text).isTrue();
            if (known.add(call.group(1))) {
                return text;
            }
        }
    }

    @Test
    void many_leaveNoFasterThanTheSettingSays() throws Exception {
        try (DatagramSocket proxy = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            start(Map.of("hub.notify.proxy", "127.0.0.1:" + proxy.getLocalPort(), "hub.notify.per-second", "1"));
            long begun = System.nanoTime();
            for (String action : List.of("resync", "reboot", "report")) {
                assertThat(asked("{\"action\":\"" + action + "\"}").statusCode())
                        .isEqualTo(202);
            }
            Set<String> calls = new HashSet<>();
            nextCall(proxy, calls);
            nextCall(proxy, calls);
            nextCall(proxy, calls);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void restart_whileOneIsOnItsWay_sendsItAgain() throws Exception {
        try (DatagramSocket proxy = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Map.of("hub.notify.proxy", "127.0.0.1:" + proxy.getLocalPort());
            start(settings);
            hub.post("/api/v1/devices/" + KITCHEN + "/resync", "application/json", "");
            Set<String> calls = new HashSet<>();
            nextCall(proxy, calls);
            hub.close();
            hub = HubUnderTest.start(folder.resolve("data"), settings);

            assertThat(nextCall(proxy, calls)).startsWith("NOTIFY sip:1001@sip.example.net SIP/2.0");

            JsonNode all = JSON.readTree(hub.get("/api/v1/devices/" + KITCHEN + "/notifications")
                            .body())
                    .path("notifications");
            assertThat(all).hasSize(1);
            assertThat(all.path(0).path("attempts").asInt()).as(all.toString()).isEqualTo(2);
        }
    }

    private PhoneUnderTest securedPhone(int port) throws Exception {
        PhoneUnderTest phone = phones.aPhoneOf(hub)
                .thatIs("SPA2102")
                .withMac(KITCHEN)
                .withSerial("FM500G234567")
                .switchedOn();
        phone.openEar(port);
        phone.awaitParameter("User_ID_1_", "1001");
        phone.awaitTold(PhoneEvent.ResyncFinished.class, 3);
        return phone;
    }

    private static long explicit(PhoneUnderTest phone) {
        return phone.told(PhoneEvent.ResyncFinished.class).stream()
                .filter(resync -> resync.reason() == ResyncReason.EXPLICIT)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";transport=tcp"})
    void resync_ofAVirtualPhone_comesBeforeItsPeriod(String transport) throws Exception {
        int port = SippPeer.freePort();
        start(Map.of("hub.notify.proxy", "127.0.0.1:" + port + transport));
        PhoneUnderTest phone = securedPhone(port);

        assertThat(hub.post("/api/v1/devices/" + KITCHEN + "/resync", "application/json", "")
                        .statusCode())
                .isEqualTo(202);

        assertThat(outcome()).isEqualTo("delivered: the phone has taken it at line 1 (200 OK)");
        phone.awaitUntil("a resync that it was told", () -> explicit(phone) == 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hub.get("/api/v1/devices/" + KITCHEN + "/contacts?limit=50")
                                .body())
                        .contains("NOTIFY resync", "resync delivered", "the phone has taken it at line 1 (200 OK)"));
        assertThat(phone.told(PhoneEvent.Asked.class))
                .containsExactly(
                        new PhoneEvent.Asked("NOTIFY resync", "401 Unauthorized"),
                        new PhoneEvent.Asked("NOTIFY resync", "200 OK"));
    }

    @Test
    void orderAndRotation_whenTheSettingSaysSo_tellThePhone() throws Exception {
        int port = SippPeer.freePort();
        start(Map.of("hub.notify.proxy", "127.0.0.1:" + port, "hub.notify.on", "orders, rotations"));
        PhoneUnderTest phone = securedPhone(port);
        String directory = phone.ownPlace();

        assertThat(hub.post("/api/v1/devices/" + KITCHEN + "/rotate-key", "application/json", "")
                        .statusCode())
                .isEqualTo(202);
        phone.awaitUntil("another directory", () -> !phone.ownPlace().equals(directory));
        assertThat(outcome()).startsWith("delivered");
        assertThat(newest().path("askedBy").asText()).startsWith("admin.token");

        long before = explicit(phone);
        String order = Files.readString(Path.of("docs/examples/order.json"))
                .replace("0002FDFF2103", KITCHEN.upper())
                .replace("SPA508G", "SPA2102")
                .replace("CBT141400UK", "FM500G234567")
                .replace("\"value\": 1 ", "\"value\": 2 ")
                .replace("office", "");
        HttpResponse<String> answer = hub.order(order.replaceAll("\\{ \"name\": \"plan\"[^}]*}, *\\n", "")
                .replaceAll(" *\\{ \"name\": \"plan\"[^\\n]*\\n", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);

        phone.awaitUntil("a resync that the order told", () -> explicit(phone) > before);
        phone.awaitParameter("User_ID_2_", "4989123456");
    }
}
