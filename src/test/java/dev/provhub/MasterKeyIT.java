package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the master key comes from, and its change in a running hub. */
class MasterKeyIT {
    private static final String FIRST = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String SECOND = "f".repeat(64);

    private static final int DEVICES = 1500;

    @TempDir
    private Path folder;

    @Test
    void rotate_runningHub_sealsEverythingAnewAndRetiresTheOldKey() throws Exception {
        Path data = folder.resolve("data");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            order(hub);
            String before = Files.readString(data.resolve("master.key")).strip();
            assertThat(command(hub, 0, "key", "rotate")).contains("secrets to go", "master key ");
            String after = Files.readString(data.resolve("master.key")).strip();

            assertThat(after).matches("[0-9a-f]{64}").isNotEqualTo(before);
            try (var retired = Files.list(data.resolve("retired-keys"))) {
                List<Path> files = retired.toList();
                assertThat(files).hasSize(1);
                assertThat(Files.readString(files.get(0)).strip()).isEqualTo(before);
            }
            assertThat(command(hub, 0, "key", "status", "--json"))
                    .contains("\"earlier\" : [ ]", "\"waiting\" : 0", "\"running\" : false");
            assertThat(command(hub, 0, "audit")).contains("master key made", "master key retired");
        }
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            assertThat(hub.get("/api/v1/devices/" + mac(hub)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rotate_cutOff_nextStartGoesOnToTheEnd() throws Exception {
        Path data = folder.resolve("data");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            order(hub);
        }
        Path file = data.resolve("master.key");
        String old = Files.readString(file).strip();
        // As a crash leaves it: the new key is on disk, nothing is sealed under it yet
        Files.writeString(file, SECOND + "\n" + old + "\n");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(file).strip().equals(SECOND));
            assertThat(hub.get("/api/v1/devices/" + mac(hub)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rotate_hubKilledInTheMiddle_restartsAndReadsEverything() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> settings = HubUnderTest.settings(data, Map.of());
        StringBuilder csv =
                new StringBuilder("externalId,action,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n");
        for (int number = 0; number < DEVICES; number++) {
            csv.append("K-%d,add,000e08%06x,SPA508G,u%d,Password-%d,sip.example.net%n"
                    .formatted(number, number, number, number));
        }
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            assertThat(hub.post("/api/v1/imports", "text/csv", csv.toString()).statusCode())
                    .isEqualTo(200);
        }
        Path file = data.resolve("master.key");
        String old = Files.readString(file).strip();
        HttpClient http = HttpClient.newHttpClient();
        for (int kill = 0; kill < 3; kill++) {
            try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
                hub.awaitReady();
                String url = "http://127.0.0.1:"
                        + hub.output().replaceAll("(?s).*Administration  127[.]0[.]0[.]1:([0-9]+).*", "$1");
                http.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/master-key/rotate"))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + Files.readString(data.resolve("admin.token"))
                                                        .strip())
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                hub.kill();
            }
        }
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of())) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(file).strip().matches("[0-9a-f]{64}"));
            assertThat(Files.readString(file).strip()).isNotEqualTo(old);
            for (int number = 0; number < DEVICES; number += 37) {
                assertThat(hub.get("/api/v1/devices/000e08%06x/profile".formatted(number))
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void variableAndCommand_keyNeverInTheDataFolder_andBothKeysForAChange() throws Exception {
        Path data = folder.resolve("data");
        Path script = Files.writeString(folder.resolve("kms"), "echo " + FIRST + "\n");
        try (HubUnderTest hub = HubUnderTest.start(data, Map.of("hub.master-key.command", "sh " + script))) {
            order(hub);
            assertThat(data.resolve("master.key")).doesNotExist();
            assertThat(command(hub, 1, "key", "rotate")).contains("give the hub the new key");
        }
        Map<String, String> settings =
                HubUnderTest.settings(data, Map.of("hub.master-key.env", "SITE_KEY", "hub.api.port", "0"));
        settings = new HashMap<>(settings);
        settings.put("SITE_KEY", SECOND + " " + FIRST);
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            hub.awaitReady();
            String port = hub.output().replaceAll("(?s).*Administration  127[.]0[.]0[.]1:([0-9]+).*", "$1");
            settings.put("hub.api.port", port);
            try (HubProcess rotate = HubProcess.start(folder, settings, "key", "rotate")) {
                assertThat(rotate.awaitEnd(Duration.ofSeconds(60)))
                        .as(rotate.output())
                        .isZero();
            }
            assertThat(hub.output()).doesNotContain(FIRST).doesNotContain(SECOND);
        }
        settings.put("SITE_KEY", SECOND);
        settings.put("hub.api.port", "0");
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            hub.awaitReady();
        }
        settings.remove("SITE_KEY");
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            assertThat(hub.awaitEnd(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(hub.output().strip().lines())
                    .singleElement()
                    .asString()
                    .startsWith("hub: hub.master-key.env = SITE_KEY is not set");
        }
    }

    private static void order(HubUnderTest hub) throws Exception {
        assertThat(hub.post("/api/v1/imports", "text/csv", Files.readString(Path.of("docs/examples/phones.csv")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get("/api/v1/devices/" + mac(hub)).statusCode()).isEqualTo(200);
    }

    /** Of the first device of the example. */
    private static String mac(HubUnderTest hub) throws Exception {
        return Files.readString(Path.of("docs/examples/phones.csv"))
                .replaceAll("(?s).*?((?:[0-9A-Fa-f]{2}[:-]?){5}[0-9A-Fa-f]{2}).*", "$1")
                .replaceAll("[:-]", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private String command(HubUnderTest hub, int exit, String... arguments) throws Exception {
        Map<String, String> settings = HubUnderTest.settings(
                hub.config().folders().data(),
                Map.of("hub.api.port", "" + hub.config().listeners().api().port()));
        try (HubProcess process = HubProcess.start(folder, settings, arguments)) {
            assertThat(process.awaitEnd(Duration.ofSeconds(60)))
                    .as(process.output())
                    .isEqualTo(exit);
            return process.output();
        }
    }
}
