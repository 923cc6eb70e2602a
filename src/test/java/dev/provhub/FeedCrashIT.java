package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.store.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed again and again while orders come from every feed, and started again. */
class FeedCrashIT {
    private static final int EACH = 2_000;
    private static final int KILLS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private static String mac(int feed, int number) {
        return "%012x".formatted(0x000e08000000L + feed * 0x10000L + number);
    }

    private static List<String> messages() {
        return IntStream.range(0, EACH)
                .mapToObj(i ->
                        ("{\"externalId\":\"K-%d\",\"macAddress\":\"%s\",\"deviceModel\":\"SPA504G\",\"sipUser\":\"%d\","
                                        + "\"sipPassword\":\"Pw-%d\",\"sipDomain\":\"sip.example.net\"}")
                                .formatted(i, mac(1, i), i, i))
                .toList();
    }

    private static String csv() {
        return IntStream.range(0, EACH)
                .mapToObj(i -> "F-%d,%s,SPA504G,%d,Pw-%d,sip.example.net".formatted(i, mac(2, i), i, i))
                .collect(Collectors.joining(
                        "\n", "externalId,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n", "\n"));
    }

    private static void fillCrm(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    Files.readString(Path.of("docs/examples/crm/schema.sql")).replaceAll("(?s)insert into.*", ""));
            statement.execute(
                    "insert into provisioning_order (mac_address, device_model, sip_user, sip_password, sip_domain)"
                            + " select lpad(to_hex(" + 0x000e08030000L
                            + " + i), 12, '0'), 'SPA504G', i::varchar, 'Pw-' || i,"
                            + " 'sip.example.net' from generate_series(0, " + (EACH - 1) + ") i");
        }
    }

    private static int count(String url, String user, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void kills_duringIntakeFromEveryFeed_loseAndDoubleNothing() throws Exception {
        Path data = folder.resolve("data");
        Path imports = Files.createDirectories(data.resolve("import"));
        String crm = Engine.POSTGRES.freshUrl(folder);
        fillCrm(crm);
        try (KafkaBroker kafka = KafkaBroker.start("orders")) {
            kafka.send("orders", messages());
            Path part = Files.writeString(imports.resolve("phones.part"), csv());
            Files.move(part, imports.resolve("phones.csv"), StandardCopyOption.ATOMIC_MOVE);
            Map<String, String> settings = new HashMap<>(HubUnderTest.settings(
                    data,
                    Map.of(
                            "hub.kafka.brokers", kafka.address(),
                            "hub.crm.url", crm,
                            "hub.crm.period", "1",
                            "hub.crm.query", "docs/examples/crm/poll-by-status.sql",
                            "hub.crm.mark", "docs/examples/crm/mark.sql")));
            for (int kill = 1; kill <= KILLS; kill++) {
                long before = size(data);
                try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
                    hub.awaitReady();
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> size(data) > before + 200_000);
                    hub.kill();
                }
            }
            try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
                hub.awaitReady();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(kafka.committed("provisioning-hub", "orders"))
                        .isEqualTo(EACH));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                                count(crm, "", "select count(*) from provisioning_order where status = 'done'"))
                        .isEqualTo(EACH));
                await().atMost(PATIENCE)
                        .until(() -> Files.exists(imports.resolve("phones.result.csv"))
                                && !Files.exists(imports.resolve("phones.csv")));
                assertThat(hub.terminate()).isIn(0, 143);
            }
        }
        String url = "jdbc:h2:file:" + data.resolve("hub") + ";DATABASE_TO_LOWER=TRUE";
        assertThat(count(url, "hub", "select count(*) from service_order")).isEqualTo(3 * EACH);
        assertThat(count(url, "hub", "select count(*) from device")).isEqualTo(3 * EACH);
        assertThat(count(url, "hub", "select count(*) from device where revision <> 1"))
                .isZero();
        assertThat(count(url, "hub", "select count(*) from fault")).isZero();
        assertThat(Files.readAllLines(imports.resolve("phones.result.csv")))
                .hasSize(EACH + 1)
                .noneMatch(line -> line.contains("failed"));
    }

    private static long size(Path data) throws IOException {
        Path file = data.resolve("hub.mv.db");
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
