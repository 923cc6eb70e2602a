package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written over paths that lose, double and overtake packets. */
class ReceptionPathTest {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 7, 10).withWrites(10, 2 << 20);

    private static int packetsFor(SimulatedPath.Weather weather, long seed, int size, int blockSize, int window) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        SimulatedPath path = new SimulatedPath(weather, seed);
        Map<String, String> asked =
                Map.of("blksize", Integer.toString(blockSize), "windowsize", Integer.toString(window));
        InetSocketAddress remote = new InetSocketAddress("127.0.0.1", 1);
        List<byte[]> files = new ArrayList<>();
        Reception over = new Reception(
                new TftpRequest("f", "octet", remote, remote),
                asked,
                SETTINGS,
                path,
                (done, bytes) -> {
                    files.add(bytes);
                    path.after(50_000_000, () -> done.accept(path.nowNanos));
                },
                report -> {},
                0);
        SimulatedWriter writer = new SimulatedWriter(path, over, asked, content, blockSize, window);
        over.begin(0);
        path.after(10_000_000, new Runnable() {
            @Override
            public void run() {
                if (!over.isOver()) {
                    if (over.deadlineNanos - path.nowNanos <= 0) {
                        over.silence(path.nowNanos);
                    }
                    path.after(10_000_000, this);
                }
            }
        });
        while (path.step()) {
            // until nothing is under way
        }
        assertThat(files).as("seed " + seed).containsExactly(content);
        assertThat(writer.isDone()).as("seed " + seed).isTrue();
        return path.packetsOfServer;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void badPath_takesEveryFileWhole_once(int window) {
        SimulatedPath.Weather bad = new SimulatedPath.Weather(0.2, 0.05, 100, 100);
        for (int seed = 1; seed <= 30; seed++) {
            packetsFor(bad, seed, 100_000, 1024, window);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "511", "512", "513", "1024", "51200"})
    void goodPath_acknowledgesEachWindowOnce(int size) {
        SimulatedPath.Weather good = new SimulatedPath.Weather(0, 0, 5, 0);
        for (int window : new int[] {1, 8, 64}) {
            int blocks = size / 512 + 1;
            assertThat(packetsFor(good, 1, size, 512, window)).isEqualTo((blocks + window - 1) / window + 1);
        }
    }

    @Test
    void moreThan65535Blocks_inWindows_overABadPath() {
        packetsFor(new SimulatedPath.Weather(0.01, 0.01, 1, 1), 1, 70_000 * 8 + 3, 8, 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void everyPacketDoubled_makesNoMoreThanTwiceAsMany(int window) {
        SimulatedPath.Weather doubling = new SimulatedPath.Weather(0, 1, 5, 0);

        assertThat(packetsFor(doubling, 1, 100_000, 512, window)).isLessThan(2 * (100_000 / 512 / window + 3));
    }
}
