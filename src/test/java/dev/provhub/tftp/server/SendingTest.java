package dev.provhub.tftp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.tftp.codec.TftpPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sending end without sockets, with a clock of the test and paths that lose packets. */
class SendingTest {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 6, 10);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 1);

    private final RecordingLine line = new RecordingLine();
    private final List<TransferListener.Report> reports = new ArrayList<>();
    private long now = Long.MAX_VALUE - 10;
    private Sending sending = begun("x".repeat(5 * 8 + 3), Map.of("blksize", "8"));

    private Sending begun(String content, Map<String, String> options) {
        reports.clear();
        Sending begun = sending(content.getBytes(ISO_8859_1), options, line, now);
        begun.begin(now);
        return begun;
    }

    private Sending sending(byte[] content, Map<String, String> options, Line over, long nowNanos) {
        return new Sending(
                new TftpRequest("f", "octet", REMOTE, new InetSocketAddress("127.0.0.1", 2)),
                TftpContent.of(content),
                options,
                Options.forRead(options, content.length, SETTINGS),
                SETTINGS,
                over,
                reports::add,
                nowNanos);
    }

    private List<Integer> blocks() {
        return line.sent().stream()
                .map(packet -> packet.charAt(1) == 3 ? packet.charAt(2) << 8 | packet.charAt(3) : -packet.charAt(1))
                .toList();
    }

    private void later(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        if (!sending.isOver() && sending.deadlineNanos - now <= 0) {
            sending.silence(now);
        }
    }

    @Test
    void oack_lost_isSentAgain_andAckOfItBeginsTheFile() {
        assertThat(line.sent()).containsExactly("\0\6blksize\0008\0");
        later(1000);
        assertThat(line.sent()).containsExactly("\0\6blksize\0008\0");

        sending.acknowledged(1, now);
        assertThat(line.sent()).as("an ACK of what was not sent").isEmpty();
        sending.acknowledged(0, now);
        assertThat(line.sent()).containsExactly("\0\3\0\1xxxxxxxx");
    }

    @Test
    void ack_twice_orOld_sendsNothing() {
        sending.acknowledged(0, now);
        sending.acknowledged(1, now);
        line.sent();

        sending.acknowledged(1, now);
        sending.acknowledged(0, now);
        sending.acknowledged(65_535, now);
        sending.acknowledged(3, now);

        assertThat(line.sent()).isEmpty();
        sending.acknowledged(2, now);
        assertThat(blocks()).containsExactly(3);
    }

    @Test
    void window_withALossInTheMiddle_goesOnAfterTheLastInOrder() {
        sending = begun("x".repeat(100), Map.of("blksize", "8", "windowsize", "4"));
        line.sent();
        sending.acknowledged(0, now);
        assertThat(blocks()).containsExactly(1, 2, 3, 4);

        later(10);
        sending.acknowledged(2, now);

        assertThat(blocks()).containsExactly(3, 4, 5, 6);
    }

    @Test
    void window_whoseFirstBlockIsLost_isSentAgainOnce() {
        sending = begun("x".repeat(100), Map.of("blksize", "8", "windowsize", "4"));
        later(10);
        sending.acknowledged(0, now);
        later(10);
        sending.acknowledged(4, now);
        line.sent();

        sending.acknowledged(4, now);
        assertThat(line.sent()).as("doubled by the network").isEmpty();
        later(10);
        sending.acknowledged(4, now);
        sending.acknowledged(4, now);
        later(10);
        sending.acknowledged(4, now);

        assertThat(blocks()).containsExactly(5, 6, 7, 8);
    }

    @Test
    void silentAddress_getsSevenPackets_moreAndMoreSeldom() {
        int packets = line.sent().size();
        for (int i = 0; i < 200; i++) {
            later(1000);
            packets += line.sent().size();
        }

        assertThat(packets).isEqualTo(7);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.SILENT);
    }

    @Test
    void transfer_whosePortIsNotThereYet_isNotSilent() {
        Sending waiting = sending(new byte[10], Map.of(), line, now);

        assertThat(waiting.deadlineNanos - now).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void clientTimeout_isKept() {
        sending = begun("x", Map.of("timeout", "3"));
        line.sent();

        later(2999);
        assertThat(line.sent()).isEmpty();
        later(1);
        assertThat(line.sent()).hasSize(1);
        later(2999);
        assertThat(line.sent()).isEmpty();
        later(1);
        assertThat(line.sent()).hasSize(1);
    }

    @Test
    void retransmission_followsTheRoundTrips_withAFloor() {
        for (int block = 0; block < 4; block++) {
            now += TimeUnit.MILLISECONDS.toNanos(1);
            sending.acknowledged(block, now);
        }
        line.sent();

        later(150);
        assertThat(line.sent()).isEmpty();
        later(60);
        assertThat(blocks()).containsExactly(4);
    }

    @Test
    void request_again_isTheSame_anotherNameIsNot() {
        Map<String, String> options = Map.of("blksize", "8");
        assertThat(sending.requestedAgain(new TftpPacket.ReadRequest("f", "octet", options), now))
                .isTrue();
        assertThat(sending.requestedAgain(new TftpPacket.ReadRequest("g", "octet", options), now))
                .isFalse();
        sending.acknowledged(0, now);
        now += TimeUnit.SECONDS.toNanos(2);
        assertThat(sending.requestedAgain(new TftpPacket.ReadRequest("f", "octet", options), now))
                .as("a client that has begun anew")
                .isFalse();
    }

    /** A boot loader that can make nothing of an OACK asks without options, from the same port. */
    @Test
    void request_withOtherOptions_isAnotherOne() {
        assertThat(sending.requestedAgain(new TftpPacket.ReadRequest("f", "octet", Map.of()), now))
                .isFalse();
        assertThat(sending.requestedAgain(
                        new TftpPacket.ReadRequest("f", "octet", Map.of("blksize", "8", "tsize", "0")), now))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 61, 255})
    void clientTimeout_howeverLong_leavesRoomForMoreThanOneLoss(int seconds) {
        sending = begun("x", Map.of("timeout", Integer.toString(seconds)));
        line.sent();

        later(TimeUnit.SECONDS.toMillis(seconds));
        assertThat(line.sent()).hasSize(1);
        later(TimeUnit.SECONDS.toMillis(seconds));
        assertThat(line.sent()).hasSize(1);
        sending.acknowledged(0, now);
        assertThat(blocks()).containsExactly(1);
        for (int i = 0; i < 13; i++) {
            later(TimeUnit.SECONDS.toMillis(seconds));
        }
        assertThat(sending.isOver()).as("it ends nevertheless").isTrue();
    }

    private int packetsFor(SimulatedPath.Weather weather, long seed, int size, int blockSize, int window) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        SimulatedPath path = new SimulatedPath(weather, seed);
        Map<String, String> options =
                Map.of("blksize", Integer.toString(blockSize), "windowsize", Integer.toString(window));
        Sending over = sending(content, options, path, 0);
        SimulatedReader reader = new SimulatedReader(path, over, blockSize, window);
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
        assertThat(reader.isDone()).as("seed " + seed).isTrue();
        assertThat(reader.file()).isEqualTo(content);
        return path.packetsOfServer;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void badPath_deliversEveryFileWhole(int window) {
        SimulatedPath.Weather bad = new SimulatedPath.Weather(0.2, 0.05, 100, 100);
        for (int seed = 1; seed <= 30; seed++) {
            packetsFor(bad, seed, 100_000, 1024, window);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "511", "512", "513", "1024", "51200"})
    void goodPath_sendsEachBlockOnce(int size) {
        SimulatedPath.Weather good = new SimulatedPath.Weather(0, 0, 5, 0);
        for (int window : new int[] {1, 8, 64}) {
            assertThat(packetsFor(good, 1, size, 512, window)).isEqualTo(size / 512 + 2);
        }
    }

    @Test
    void moreThan65535Blocks_inWindows_overABadPath() {
        SimulatedPath.Weather bad = new SimulatedPath.Weather(0.01, 0.01, 1, 1);
        packetsFor(bad, 1, 70_000 * 8 + 3, 8, 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void everyPacketDoubled_makesNoMoreThanTwiceAsMany(int window) {
        SimulatedPath.Weather doubling = new SimulatedPath.Weather(0, 1, 5, 0);

        assertThat(packetsFor(doubling, 1, 100_000, 512, window)).isLessThan(2 * (100_000 / 512 + 2));
    }
}
