package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The phones' syslog in the device log. */
class SyslogIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private int port() {
        return hub.config().deviceLog().syslog().port();
    }

    private void say(String line) throws Exception {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port()));
        }
    }

    private JsonNode events(MacAddress mac) throws Exception {
        return JSON.readTree(hub.get("/api/v1/devices/" + mac + "/contacts?kind=syslog&limit=1000")
                        .body())
                .path("events");
    }

    @Test
    void lines_bareAndFramed_areHintsInTheDevicesLog() throws Exception {
        say("SPA504G 00:0e:08:00:00:01 -- Requesting resync http://hub:8080/p/abcdefgh/1/2/profile.cfg");
        say("<134>Nov 26 02:00:00 192.0.2.7 SPA504G 000e08000001 -- Resync failed: corrupt file");
        say("<134>1 2026-11-26T02:00:00Z 192.0.2.7 phone - - - SPA504G 000e08000001 -- Successful resync x");
        say("<999999>SPA504G 000e08000001 -- Upgrade failed: x");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(KITCHEN))
                .extracting(event -> event.path("outcome").asText())
                .containsExactlyInAnyOrder(
                        "requesting resync", "resync failed", "successful resync", "upgrade failed"));
        assertThat(events(KITCHEN)).allSatisfy(event -> {
            assertThat(event.path("evidence").asText()).isEqualTo("hint");
            assertThat(event.path("what").asText()).doesNotContain("abcdefgh");
        });
    }

    @Test
    void lines_withControlsAndLineEnds_endNoLine() throws Exception {
        say("SPA 000e08000001 -- Resync failed: x\r\n2026 INFO all is well \u001b[2J\u202e");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(KITCHEN)).hasSize(1));
        assertThat(events(KITCHEN).get(0).path("what").asText())
                .doesNotContain("\n", "\r", "\u001b", "\u202e")
                .contains("all is well");
    }

    @Test
    void lines_tenThousandOfOneAddress_areBounded() throws Exception {
        for (int line = 0; line < 10_000; line++) {
            say("SPA 000e08000001 -- Resync failed: " + line);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(KITCHEN)).hasSize(1000));
        long oldest = events(KITCHEN).get(999).path("id").asLong();
        assertThat(JSON.readTree(hub.get("/api/v1/devices/" + KITCHEN + "/contacts?limit=1000&before=" + oldest)
                                .body())
                        .path("events")
                        .size())
                .isLessThan(1000);
    }

    @Test
    void phone_thatCannotOpenItsProfile_isFoundByItsOwnLine() throws Exception {
        String row = "L-1,add,%s,SPA504G,1,user-1,pass-1,sip.example.net%n".formatted(KITCHEN);
        hub.post(
                "/api/v1/imports",
                "text/csv",
                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n" + row);
        hub.send(
                "PATCH",
                "/api/v1/devices/" + KITCHEN,
                "{\"settings\":{\"Syslog_Server\":\"127.0.0.1:" + port() + "\"}}");
        PhoneUnderTest phone =
                phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
        phone.awaitParameter("User_ID_1_", "user-1");
        phone.set("GPP_A", "0".repeat(64));
        phone.resync();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode log = JSON.readTree(
                    hub.get("/api/v1/devices/" + KITCHEN + "/contacts").body());
            assertThat(log.path("events"))
                    .anySatisfy(event ->
                            assertThat(event.path("causes").path(0).asText()).isEqualTo("key-mismatch"));
        });
    }
}
