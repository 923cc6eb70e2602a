package dev.provhub.tftp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets at random, and packets that are nearly right: nothing but a refusal comes of them, and no buffer is lost. */
class HostilePacketsTest {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 6, 10);
    private static final String[] PIECES = {
        "\0\1",
        "\0\2",
        "\0\3",
        "\0\4",
        "\0\5",
        "\0\6",
        "\0",
        "octet\0",
        "netascii\0",
        "blksize\0",
        "8\0",
        "65464\0",
        "windowsize\0",
        "65535\0",
        "tsize\0",
        "timeout\0",
        "255\0",
        "-1\0",
        "99999999999999999999\0",
        "../",
        "a",
        "\u00ff\u00fe",
        "\0\1\0\1",
        "%00"
    };

    private static byte[] packet(Random random) {
        if (random.nextInt(3) == 0) {
            byte[] bytes = new byte[1 + random.nextInt(600)];
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    @Test
    void decoder_takesOrRefuses() {
        Random random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            ByteBuf bytes = Unpooled.wrappedBuffer(packet(random));
            try {
                TftpPacket packet = TftpDecoder.decode(bytes);
                if (packet instanceof TftpPacket.Data data) {
                    data.payload().release();
                }
                Map<String, String> options = packet instanceof TftpPacket.ReadRequest read
                        ? read.options()
                        : packet instanceof TftpPacket.WriteRequest write ? write.options() : Map.of();
                Options agreed = Options.forRead(options, 1000, SETTINGS);
                assertThat(agreed.blockSizeBytes()).isBetween(8, 1468);
                assertThat(agreed.windowSize()).isBetween(1, 64);
                assertThat(Options.forWrite(options, SETTINGS).timeoutSeconds()).isBetween(0, 255);
            } catch (TftpDecoderException e) {
                assertThat(e.code()).isNotNull();
            }
            bytes.release();
            assertThat(bytes.refCnt()).isZero();
        }
    }

    @Test
    void transfers_endOrGoOn_andSendNoMoreThanAWindowForAPacket() {
        Random random = new Random(5);
        InetSocketAddress remote = new InetSocketAddress("127.0.0.1", 1);
        TftpRequest request = new TftpRequest("f", "octet", remote, remote);
        List<TransferListener.Report> reports = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            RecordingLine line = new RecordingLine();
            Session session;
            if (random.nextBoolean()) {
                Options options = new Options(8, 0, 1 + random.nextInt(64), "");
                Sending sending = new Sending(
                        request, TftpContent.of(new byte[2000]), Map.of(), options, SETTINGS, line, reports::add, 0);
                sending.begin(0);
                session = sending;
            } else {
                Reception reception =
                        new Reception(request, Map.of(), SETTINGS, line, (done, bytes) -> {}, reports::add, 0);
                reception.begin(0);
                session = reception;
            }
            line.sent();
            for (int packet = 1; packet < 40; packet++) {
                ByteBuf bytes = Unpooled.wrappedBuffer(packet(random));
                Listening.Sessions.take(session, bytes, packet * 30_000_000L);
                assertThat(line.sent()).hasSizeLessThanOrEqualTo(64);
                bytes.release();
            }
            session.end(TransferListener.Outcome.ABORTED, null, 0);
        }
        assertThat(reports).hasSize(5_000);
    }
}
