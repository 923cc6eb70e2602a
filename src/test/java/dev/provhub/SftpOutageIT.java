package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An SFTP server with orders that is away, refuses, or breaks off: the hub says why, and goes on by itself. */
class SftpOutageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HEADER = "macAddress;deviceModel;sipUser;sipPassword;sipDomain\n";

    @TempDir
    private static Path folder;

    private static SftpServer sftp;
    private static HubUnderTest hub;

    @BeforeAll
    static void startWhileTheServerIsAway() throws Exception {
        sftp = SftpServer.start(folder);
        sftp.goAway();
        hub = HubUnderTest.start(folder.resolve("data"), sftp.settings("hub.import.sftp"), new FastClock());
        sftp.comeBack();
        awaitWell();
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
        sftp.close();
    }

    private static JsonNode health() throws Exception {
        for (JsonNode check : JSON.readTree(hub.get("/api/v1/health").body()).path("checks")) {
            if (check.path("name").asText().equals("import-sftp")) {
                return check;
            }
        }
        throw new AssertionError("no check import-sftp");
    }

    private static void awaitTrouble(String reason) throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(health().path("state").asText()).isEqualTo("DEGRADED");
            assertThat(health().path("reason").asText()).contains(reason);
        });
        assertThat(hub.get("/health/ready").statusCode())
                .as("others are served")
                .isEqualTo(200);
    }

    private static void awaitWell() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().path("state").asText()).isEqualTo("UP"));
    }

    private static String csv(String mac, int rows) {
        return HEADER + (mac + ";SPA504G;kitchen;Pw-rosebud;sip.example.net\n").repeat(rows);
    }

    private static void upload(String name, String csv) throws Exception {
        Path part = Files.writeString(sftp.files().resolve(name + ".part"), csv);
        Files.move(part, sftp.files().resolve(name + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> awaitResult(String name) throws Exception {
        Path result = sftp.files().resolve(name + ".result.csv");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(result) && !Files.exists(sftp.files().resolve(name + ".csv")));
        return Files.readAllLines(result);
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(JSON.readTree(hub.get("/api/v1/faults").body()).path("count").asInt())
                .isZero();
        try (Stream<Path> left = Files.walk(folder.resolve("data"))) {
            assertThat(left.filter(Files::isRegularFile).map(Path::toString))
                    .as("passwords")
                    .noneMatch(file -> file.contains(".csv"));
        }
    }

    @Test
    void serverIsAway_thenRefusesTheKey_isToldByHealthAndTheLogOnce() throws Exception {
        try (LoggedText log = new LoggedText()) {
            sftp.goAway();
            upload("away", csv("000e08aabb51", 1));
            awaitTrouble("Connection refused");
            sftp.refuse(true);
            sftp.comeBack();
            awaitTrouble("Auth fail");
            sftp.refuse(false);

            assertThat(awaitResult("away")).containsExactly("row,externalId,status,reason", "1,,ok,");
            awaitWell();
            assertNothingIsLeft();
            assertThat(log.text().lines().filter(line -> line.contains("feed=import-csv-from-sftp")))
                    .as("each reason once, and that all is well")
                    .satisfiesExactly(
                            line -> assertThat(line).contains("Connection refused"),
                            line -> assertThat(line).contains("Auth fail"),
                            line -> assertThat(line).contains("well again"));
            assertThat(log.text()).doesNotContain("rosebud");
            // Another hub of this JVM may be ending, and Jetty have a word about it
            assertThat(log.text().lines().filter(line -> line.contains("Exception: ") && !line.contains("mbContainer")))
                    .isEmpty();
        }
    }

    @Test
    void serverBreaksOffInTheMiddle_fileIsTakenOnceAllOfItIsThere() throws Exception {
        int rows = 2_000;
        try (LoggedText log = new LoggedText()) {
            sftp.breakOff(1);
            upload("broken", csv("000e08aabb52", rows));
            awaitTrouble("broken.csv");
            assertThat(hub.get("/api/v1/devices/000e08aabb52").statusCode()).isEqualTo(404);

            assertThat(awaitResult("broken")).hasSize(rows + 1).contains("1,,ok,");
            awaitWell();
            assertNothingIsLeft();
            assertThat(log.text()).doesNotContain("Exception: ").doesNotContain("rosebud");
        }
    }

    @Test
    void serverTakesNoResult_fileStaysAndIsNoFault_andTheResultComesLater() throws Exception {
        try (LoggedText log = new LoggedText()) {
            sftp.readOnly(true);
            upload("mute", csv("000e08aabb53", 1));
            awaitTrouble("mute.result.csv");
            assertThat(sftp.files().resolve("mute.csv")).exists();
            assertThat(hub.get("/api/v1/devices/000e08aabb53").statusCode()).isEqualTo(200);
            sftp.readOnly(false);

            assertThat(awaitResult("mute"))
                    .containsExactly(
                            "row,externalId,status,reason", "1,,ok,repeat: this row of this file was taken before");
            awaitWell();
            assertNothingIsLeft();
            assertThat(log.text()).doesNotContain("Exception: ").doesNotContain("rosebud");
        }
    }
}
