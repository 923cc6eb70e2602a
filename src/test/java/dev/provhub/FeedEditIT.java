package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route of a feed, edited while it takes rows: its steps, and the folder that it looks at. */
class FeedEditIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int ROWS = 2_000;
    private static final int FILES = 2;

    @TempDir
    private Path folder;

    private Path route;

    private static String rows(int file) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "%012x,SPA504G,%d,Pw-rosebud-%d,sip.example.net".formatted(mac(file, i), i, i))
                .collect(Collectors.joining("\n", "macAddress,deviceModel,sipUser,sipPassword,sipDomain\n", "\n"));
    }

    private static long mac(int file, int row) {
        return 0x000e08000000L + file * 0x10000L + row;
    }

    private void drop(HubUnderTest hub, int file) throws IOException {
        Path imports = hub.config().folders().importDir();
        Path whole = Files.writeString(imports.resolve(file + ".part"), rows(file));
        Files.move(whole, imports.resolve(file + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(route);
        assertThat(text).contains(from);
        Files.writeString(route, text.replace(from, to));
    }

    private static void awaitEdits(HubUnderTest hub, int count) {
        await().atMost(SOON)
                .until(() -> new ObjectMapper()
                                .readTree(hub.get("/api/v1/routes").body())
                                .at("/reloads/applied")
                                .asInt()
                        == count);
    }

    @Test
    void editsOfAFeed_whileItTakesRows_loseNoneAndTakeNoneTwice() throws Exception {
        Folders.copy(Path.of("routes"), folder.resolve("routes"));
        route = folder.resolve("routes/orders/import-csv.camel.yaml");
        try (HubUnderTest hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.routes", folder.resolve("routes").toString(), "hub.shutdown.timeout", "1"))) {
            drop(hub, 0);
            await().atMost(SOON).until(() -> hub.get("/api/v1/imports").body().contains("0.csv"));
            edit("description: Take orders from a dropped", "description: Take new orders from a dropped");
            awaitEdits(hub, 1);
            edit("delay: 500", "delay: 400");
            drop(hub, 1);
            awaitEdits(hub, 2);
            edit("delay: 400", "delay: 300");
            awaitEdits(hub, 3);
            edit("description: Take new orders", "description: Take orders");
            awaitEdits(hub, 4);

            for (int file = 0; file < FILES; file++) {
                Path result = hub.config().folders().importDir().resolve(file + ".result.csv");
                Path taken = hub.config().folders().importDir().resolve(file + ".csv");
                await().atMost(SOON).until(() -> Files.exists(result) && !Files.exists(taken));
                List<String> lines = Files.readAllLines(result);
                assertThat(lines).hasSize(ROWS + 1).noneMatch(line -> line.contains("failed"));
                assertThat(new HashSet<>(lines)).hasSameSizeAs(lines);
            }
            assertThat(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder?limit=1")
                            .headers()
                            .firstValue("X-Total-Count"))
                    .as("orders, each row being one")
                    .contains("" + FILES * ROWS);
            assertThat(hub.get("/api/v1/devices/" + "%012x".formatted(mac(1, ROWS - 1)))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hub.get("/api/v1/faults").body()).contains("\"count\":0");
        }
    }
}
