package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed in the middle of its work and started again. */
class CrashIT {
    private static final int ROWS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void kill_inTheMiddleOfAnImport_leavesEveryRowExactlyOnce() throws Exception {
        Path data = folder.resolve("data");
        Path dropped = data.resolve("import/phones.csv");
        Path result = data.resolve("import/phones.result.csv");
        String csv = csv();

        try (HubProcess first = HubProcess.start(folder, HubUnderTest.settings(data, Map.of()), "run")) {
            first.awaitReady();
            drop(csv, dropped);
            awaitRows(data, 1);
            first.kill();
        }
        int inTheMiddle = devices(data);
        try (HubProcess second = HubProcess.start(folder, HubUnderTest.settings(data, Map.of()), "run")) {
            second.awaitReady();
            awaitResult(result);
            Files.delete(result);
            drop(csv, dropped);
            awaitResult(result);
            assertThat(second.terminate()).isIn(0, 143);
        }

        assertThat(inTheMiddle).as("killed before the end").isLessThan(ROWS);
        assertThat(devices(data)).isEqualTo(ROWS);
        assertThat(count(data, "select count(*) from service_order")).isEqualTo(ROWS);
        assertThat(count(data, "select count(*) from device_line")).isEqualTo(ROWS);
        assertThat(count(data, "select count(*) from device where revision <> 1"))
                .isZero();
        assertThat(Files.readAllLines(result))
                .hasSize(ROWS + 1)
                .filteredOn(line -> line.contains("failed"))
                .isEmpty();
    }

    private static void drop(String csv, Path target) throws IOException {
        Path part = Files.writeString(target.resolveSibling("phones.part"), csv);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitResult(Path result) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> Files.exists(result) && Files.readAllLines(result).size() > ROWS);
    }

    /** Looks for the growing database file: the database itself belongs to the running hub. */
    private static void awaitRows(Path data, int megabytes) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.size(data.resolve("hub.mv.db")) > megabytes * 1024L * 1024L);
    }

    private static int devices(Path data) throws SQLException {
        return count(data, "select count(*) from device");
    }

    private static int count(Path data, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + data.resolve("hub") + ";DATABASE_TO_LOWER=TRUE", "hub", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String csv() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "R-%d,add,%012x,SPA942,%d,Pw-%d-secret,sip.example.net"
                        .formatted(i, 0x000e08000000L + i, 4989000000L + i, i))
                .collect(Collectors.joining(
                        "\n", "externalId,action,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n", "\n"));
    }
}
