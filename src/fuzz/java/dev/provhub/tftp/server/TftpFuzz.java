package dev.provhub.tftp.server;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Jazzer calls with bytes that it breeds towards code not yet reached: one input is a datagram for the decoder, or a talk of
 * datagrams with a transfer. {@code mvn -Pfuzz verify}; {@code -Dfuzz.seconds=60} says how long.
 */
public final class TftpFuzz {
    private static final TftpServerSettings SETTINGS =
            new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 6, 10);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 1);
    private static final TftpRequest REQUEST = new TftpRequest("f", "octet", REMOTE, REMOTE);
    private static final byte[] FILE = new byte[2000];
    private static final long STEP_NANOS = 30_000_000;

    private TftpFuzz() {}

    /** Anything thrown is a finding. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            decode(data.consumeRemainingAsBytes());
        } else {
            talk(data);
        }
    }

    private static void decode(byte[] datagram) {
        ByteBuf bytes = buffer(datagram);
        try {
            TftpPacket packet = TftpDecoder.decode(bytes);
            check(!bytes.isReadable(), "a datagram is read to its end");
            if (packet instanceof TftpPacket.Data held) {
                held.payload().release();
            } else if (packet instanceof TftpPacket.ReadRequest read) {
                Options agreed = Options.forRead(read.options(), FILE.length, SETTINGS);
                check(agreed.blockSizeBytes() >= 8 && agreed.blockSizeBytes() <= 1468, "blksize is in its range");
                check(agreed.windowSize() >= 1 && agreed.windowSize() <= 64, "windowsize is in its range");
                Names.isFile(read.fileName());
            } else if (packet instanceof TftpPacket.ErrorPacket told) {
                ByteBuf again = Unpooled.buffer();
                TftpEncoder.encode(told, again);
                again.release();
            }
        } catch (TftpDecoderException refused) {
            check(refused.code() != null, "a refusal has a code");
        }
        bytes.release();
        check(bytes.refCnt() == 0, "no buffer is lost");
    }

    private static void talk(FuzzedDataProvider data) {
        List<TransferListener.Report> reports = new ArrayList<>();
        RecordingLine line = new RecordingLine();
        Session session =
                data.consumeBoolean() ? sending(data.consumeInt(1, 64), line, reports) : reception(line, reports);
        line.sent();
        for (long now = STEP_NANOS; data.remainingBytes() > 0; now += STEP_NANOS) {
            ByteBuf packet = buffer(data.consumeBytes(data.consumeInt(0, 40)));
            Listening.Sessions.take(session, packet, now);
            check(line.sent().size() <= 64, "a packet brings no more than a window");
            packet.release();
            check(packet.refCnt() == 0, "no buffer is lost");
        }
        session.end(TransferListener.Outcome.ABORTED, null, 0);
        check(reports.size() == 1, "a transfer ends once");
    }

    private static Session sending(int window, Line line, List<TransferListener.Report> reports) {
        Sending sending = new Sending(
                REQUEST,
                TftpContent.of(FILE),
                Map.of(),
                new Options(8, 0, window, ""),
                SETTINGS,
                line,
                reports::add,
                0);
        sending.begin(0);
        return sending;
    }

    private static Session reception(Line line, List<TransferListener.Report> reports) {
        Reception reception = new Reception(REQUEST, Map.of(), SETTINGS, line, (done, bytes) -> {}, reports::add, 0);
        reception.begin(0);
        return reception;
    }

    /** Of its own: an empty one that is shared is never given back. */
    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.buffer(bytes.length).writeBytes(bytes);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}
