package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV orders by folder and SFTP. */
class ImportsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HEADER = "externalId;macAddress;deviceModel;sipUser;sipPassword;sipDomain\n";
    private static final String KITCHEN = "X-1;000e08aabb51;SPA504G;kitchen;Pw-rosebud;sip.example.net\n";

    @TempDir
    private Path folder;

    private static void drop(Path target, String csv) throws Exception {
        Path part = Files.writeString(target.resolveSibling("upload.part"), csv);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private HubUnderTest hub(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("hub.routes", Folders.eagerRoutes(folder.resolve("routes")).toString());
        return HubUnderTest.start(folder.resolve("data"), settings);
    }

    private static List<String> awaitResult(Path file) throws Exception {
        await().atMost(PATIENCE).until(() -> Files.exists(file));
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);
        return lines;
    }

    private static void awaitGone(Path file) {
        await().atMost(PATIENCE).until(() -> !Files.exists(file));
    }

    @Test
    void sftp_uploadedFile_isTakenAndAnsweredBesideIt() throws Exception {
        try (SftpServer sftp = SftpServer.start(folder);
                LoggedText log = new LoggedText();
                HubUnderTest hub = hub(sftp.settings("hub.import.sftp"))) {
            Path uploaded = sftp.files().resolve("phones.csv");
            Files.writeString(sftp.files().resolve("half.csv.filepart"), HEADER);
            drop(uploaded, HEADER + KITCHEN + "X-2;nothing;SPA504G;study;Pw-other;sip.example.net\n");

            List<String> result = awaitResult(sftp.files().resolve("phones.result.csv"));

            assertThat(result).hasSize(3);
            assertThat(result.get(0)).isEqualTo("row,externalId,status,reason");
            assertThat(result.get(1)).isEqualTo("1,X-1,ok,");
            assertThat(result.get(2)).startsWith("2,X-2,failed,");
            awaitGone(uploaded);
            assertThat(sftp.files().resolve("half.csv.filepart")).exists();
            assertThat(hub.get("/api/v1/devices/000e08aabb51").body()).contains("kitchen");
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (Stream<Path> left = Files.walk(folder.resolve("data/sftp-import"))) {
                    assertThat(left.filter(Files::isRegularFile))
                            .as("no password is left")
                            .isEmpty();
                }
            });
            assertThat(log.text()).doesNotContain("rosebud");
            JsonNode imports = JSON.readTree(hub.get("/api/v1/imports").body()).path("imports");
            assertThat(imports.at("/0/name").asText()).isEqualTo("phones.csv");
            assertThat(imports.at("/0/ok").asInt()).isEqualTo(1);
            assertThat(imports.at("/0/failed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void sftp_fileThatIsStillUploaded_isLeftAloneUntilItIsQuiet() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        try (SftpServer sftp = SftpServer.start(folder)) {
            Map<String, String> settings = new HashMap<>(sftp.settings("hub.import.sftp"));
            settings.put("hub.import.quiet-seconds", "10");
            settings.put(
                    "hub.routes", Folders.eagerRoutes(folder.resolve("routes")).toString());
            String whole = HEADER + KITCHEN;
            String half = whole.substring(0, whole.indexOf("rosebud") + 4);
            Path uploaded = Files.writeString(sftp.files().resolve("phones.csv"), half);
            try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings, clock)) {
                sftp.awaitLists(2);
                clock.forward(Duration.ofSeconds(6));
                Files.writeString(uploaded, whole.substring(half.length()), StandardOpenOption.APPEND);
                sftp.awaitLists(2);
                clock.forward(Duration.ofSeconds(6));
                sftp.awaitLists(2);
                assertThat(hub.get("/api/v1/devices/000e08aabb51").statusCode())
                        .as("12 s old, and written to 6 s ago")
                        .isEqualTo(404);
                clock.forward(Duration.ofSeconds(6));

                assertThat(awaitResult(sftp.files().resolve("phones.result.csv")))
                        .contains("1,X-1,ok,");
                awaitGone(uploaded);
            }
        }
    }

    @Test
    void sameFileAgain_afterALaterOrder_undoesNothing() throws Exception {
        try (HubUnderTest hub = hub(Map.of())) {
            Path dropped = folder.resolve("data/import/phones.csv");
            Path result = folder.resolve("data/import/phones.result.csv");
            // Without the orderer's names, so that nothing but the file itself tells that it is a repeat
            String csv = (HEADER + KITCHEN + "X-2;nothing;SPA504G;study;Pw-other;sip.example.net\n")
                    .replaceAll("X-[12]", "");
            drop(dropped, csv);
            assertThat(awaitResult(result).get(1)).isEqualTo("1,,ok,");
            awaitGone(dropped);
            assertThat(hub.post(
                                    "/api/v1/imports",
                                    "text/csv",
                                    "action,macAddress,sipUser\nmodify,000e08aabb51,pantry\n")
                            .body())
                    .contains(",ok,");

            drop(dropped, csv);

            List<String> again = awaitResult(result);
            assertThat(again.get(1)).isEqualTo("1,,ok,repeat: this row of this file was taken before");
            assertThat(again.get(2)).startsWith("2,,failed,");
            awaitGone(dropped);
            assertThat(hub.get("/api/v1/devices/000e08aabb51").body()).contains("pantry");

            drop(folder.resolve("data/import/other.csv"), csv);
            assertThat(awaitResult(folder.resolve("data/import/other.result.csv"))
                            .get(1))
                    .isEqualTo("1,,ok,");
        }
    }

    @Test
    void upload_thatPauses_isTakenWhenItIsWhole_andALinkNever() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "externalId\nRosebud,of,nobody\n");
        try (HubUnderTest hub = hub(Map.of("hub.import.quiet-seconds", "5"))) {
            Path dropped = folder.resolve("data/import/phones.csv");
            String half = (HEADER + KITCHEN).substring(0, (HEADER + KITCHEN).indexOf("rosebud") + 4);
            Files.writeString(dropped, half);
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> Files.exists(dropped));

            Files.writeString(dropped, (HEADER + KITCHEN).substring(half.length()), StandardOpenOption.APPEND);

            assertThat(awaitResult(folder.resolve("data/import/phones.result.csv")))
                    .contains("1,X-1,ok,");
            assertThat(hub.get("/api/v1/devices/000e08aabb51").body()).contains("kitchen");
            assertThat(hub.get("/api/v1/imports").body()).contains("\"ok\":1");

            Files.createSymbolicLink(folder.resolve("data/import/link.csv"), secret);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.get("/api/v1/faults").body())
                            .contains("link.csv: a link is not taken")
                            .doesNotContain("Rosebud"));
            assertThat(folder.resolve("data/import/link.result.csv")).doesNotExist();
            assertThat(secret).hasContent("externalId\nRosebud,of,nobody");
        }
    }
}
