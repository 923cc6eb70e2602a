package dev.provhub.tftp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiving end without sockets and with a clock that stands until it is moved. */
class ReceptionTest {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 3, 10).withWrites(10, 3000);

    private final RecordingLine line = new RecordingLine();
    private final List<TransferListener.Report> reports = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private long now = -5;
    private Reception reception = begun("octet");

    private Reception begun(String mode, String... options) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            asked.put(options[i], options[i + 1]);
        }
        Reception begun = reception(mode, asked, SETTINGS);
        begun.begin(now);
        return begun;
    }

    private Reception reception(String mode, Map<String, String> asked, TftpServerSettings settings) {
        InetSocketAddress remote = new InetSocketAddress("127.0.0.1", 1);
        return new Reception(
                new TftpRequest("f", mode, remote, new InetSocketAddress("127.0.0.1", 2)),
                asked,
                settings,
                line,
                (done, bytes) -> files.add(new String(bytes, ISO_8859_1)),
                reports::add,
                now);
    }

    private void restart(String mode, String... options) {
        line.sent();
        reception = begun(mode, options);
    }

    private void comes(String latin1) {
        ByteBuf bytes = Unpooled.copiedBuffer(latin1, ISO_8859_1);
        Listening.Sessions.take(reception, bytes, now);
        bytes.release();
    }

    private void data(int number, int size) {
        comes("\0\3" + (char) (number >> 8) + (char) (number & 0xff) + "x".repeat(size));
    }

    private void later(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        if (reception.deadlineNanos - now <= 0) {
            reception.silence(now);
        }
    }

    private static String ack(int number) {
        return "\0\4" + (char) (number >> 8) + (char) (number & 0xff);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 3000})
    void file_ofAnySize_isHandedOverOnce_andAcknowledgedWhenItWasTaken(int size) {
        assertThat(line.sent()).containsExactly(ack(0));

        int blocks = size / 512 + 1;
        for (int block = 1; block < blocks; block++) {
            data(block, 512);
            assertThat(line.sent()).containsExactly(ack(block));
        }
        data(blocks, size % 512);

        assertThat(line.sent()).as("before it was taken").isEmpty();
        assertThat(files).containsExactly("x".repeat(size));
        reception.accept(now);
        assertThat(line.sent()).containsExactly(ack(blocks));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.COMPLETED);
        assertThat(reports.get(0).bytes()).isEqualTo(size);
    }

    @Test
    void options_areAcknowledgedAsFarAsTheyAreGranted() {
        restart("octet", "tsize", "100", "blksize", "65464", "windowsize", "100", "timeout", "3", "x", "1");

        assertThat(line.sent()).containsExactly("\0\6tsize\000100\0blksize\0001468\0windowsize\00064\0timeout\0003\0");
        data(1, 1468);
        assertThat(line.sent()).as("the window is not full").isEmpty();
    }

    @Test
    void request_again_isAnsweredAgainUntilABlockHasCome() {
        line.sent();
        now += TimeUnit.SECONDS.toNanos(1);
        reception.requestedAgain(new TftpPacket.WriteRequest("f", "octet", Map.of()), now);
        assertThat(line.sent()).containsExactly(ack(0));

        data(1, 512);
        line.sent();
        now += TimeUnit.SECONDS.toNanos(1);
        reception.requestedAgain(new TftpPacket.WriteRequest("f", "octet", Map.of()), now);
        assertThat(line.sent()).isEmpty();
    }

    @Test
    void client_thatNeverSendsABlock_getsOnePacketAndIsForgotten() {
        line.sent();

        for (int i = 0; i < 30; i++) {
            later(1000);
        }

        assertThat(line.sent()).isEmpty();
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.SILENT);
        assertThat(reception.state()).isEqualTo(Reception.State.OVER);
    }

    @Test
    void client_thatStopsInTheMiddle_getsTheAckAgainAsOftenAsSet() {
        data(1, 512);
        line.sent();

        for (int i = 0; i < 60; i++) {
            later(1000);
        }

        assertThat(line.sent()).containsExactly(ack(1), ack(1), ack(1));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.SILENT);
    }

    @Test
    void clientTimeout_longerThanAMinute_leavesRoomForLosses() {
        restart("octet", "timeout", "255");
        data(1, 512);
        line.sent();

        later(255_000);
        assertThat(line.sent()).containsExactly(ack(1));
        later(255_000);
        assertThat(line.sent()).containsExactly(ack(1));
        later(256_000);
        assertThat(reception.state()).isEqualTo(Reception.State.OVER);
    }

    @Test
    void block_doubledByTheNetwork_isAcknowledgedOnce_andOneSentAgainIsAcknowledgedAgain() {
        line.sent();
        data(1, 512);
        data(1, 512);
        data(1, 512);
        assertThat(line.sent()).containsExactly(ack(1));

        later(50);
        data(1, 512);
        data(1, 512);
        assertThat(line.sent()).containsExactly(ack(1));
        data(2, 3);
        assertThat(files).containsExactly("x".repeat(515));
    }

    @Test
    void window_isAcknowledgedOnce_andAfterAGapFromTheLastInOrder() {
        restart("octet", "windowsize", "4");
        line.sent();
        data(1, 512);
        data(2, 512);
        data(4, 512);
        assertThat(line.sent()).as("block 3 is lost").containsExactly(ack(2));
        data(4, 512);
        assertThat(line.sent()).isEmpty();

        data(3, 512);
        data(4, 512);
        data(5, 512);
        assertThat(line.sent()).isEmpty();
        data(6, 0);

        assertThat(files).hasSize(1);
        assertThat(files.get(0)).hasSize(5 * 512);
    }

    @Test
    void lastAck_lost_isSentAgainWhileDallying_andForgottenThen() {
        data(1, 0);
        reception.accept(now);
        line.sent();

        later(5000);
        data(1, 0);
        assertThat(line.sent()).containsExactly(ack(1));
        later(5000);
        data(1, 0);
        assertThat(line.sent()).containsExactly(ack(1));
        assertThat(files).hasSize(1);
        assertThat(reports).hasSize(1);
        later(20_000);
        assertThat(reception.state()).isEqualTo(Reception.State.OVER);
    }

    @Test
    void lastBlock_againWhileTheFileIsLookedAt_isNotAnsweredAndNotHandedOverTwice() {
        line.sent();
        data(1, 7);
        later(5000);
        data(1, 7);

        assertThat(line.sent()).isEmpty();
        assertThat(files).hasSize(1);
        reception.refuse(TftpErrorCode.DISK_FULL, now);
        assertThat(line.sent()).containsExactly("\0\5\0\3Disk full or allocation exceeded\0");
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.REFUSED);
    }

    @Test
    void nobody_takesTheFileInTime_isAnError() {
        line.sent();
        data(1, 7);
        later(21_000);
        assertThat(line.sent()).containsExactly("\0\5\0\0Server error\0");

        reception.accept(now);
        assertThat(line.sent()).isEmpty();
    }

    @Test
    void file_overTheLimit_isError3() {
        for (int block = 1; block <= 5; block++) {
            data(block, 512);
        }
        line.sent();
        data(6, 441);

        assertThat(line.sent()).containsExactly("\0\5\0\3Disk full or allocation exceeded\0");
        assertThat(files).isEmpty();
    }

    @Test
    void clientError_endsIt_andWhatIsNoDataIsError4() {
        line.sent();
        reception.end(TransferListener.Outcome.REFUSED_BY_CLIENT, null, now);
        assertThat(line.sent()).isEmpty();
        assertThat(reports.get(0).outcome()).isEqualTo(TransferListener.Outcome.REFUSED_BY_CLIENT);

        restart("octet");
        line.sent();
        comes(ack(0));
        assertThat(line.sent()).containsExactly("\0\5\0\4Illegal TFTP operation\0");
    }

    @Test
    void netascii_isHandedOverWithLineEndsOfUnix() {
        restart("netascii");
        comes("\0\3\0\1a\r\nb\r\0c\rd\r");

        assertThat(files).containsExactly("a\nb\rc\rd\r");
    }

    @Test
    void blockNumber_after65535_is0() {
        reception = reception("octet", Map.of("blksize", "8"), SETTINGS.withWrites(10, 1 << 20));
        reception.begin(now);
        for (int block = 1; block <= 65_540; block++) {
            line.sent();
            data(block & 0xffff, 8);
        }
        assertThat(line.sent()).containsExactly(ack(4));
        data(5, 3);
        assertThat(files.get(0)).hasSize(65_540 * 8 + 3);
    }
}
