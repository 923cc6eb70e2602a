package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way to one client: the sending end.
 *
 * <pre>
 *            options agreed            ACK 0
 *  start ------------------> OACK ---------------> blocks 1 … w --ACK n--> blocks n+1 … n+w, …, last --ACK last--> over
 *    '------------------------------------------------^
 * </pre>
 *
 * Without a window each block waits for its ACK, and only the timer sends again: an ACK that comes twice never does, or every
 * block would be sent twice from there on (RFC 1123, section 4.2.3.1). In a window an ACK of an earlier block says what has come
 * in order, and the rest goes again from there (RFC 7440, section 4), but only when a round trip may have passed since it was
 * sent, and for an ACK that comes twice once for each window: a packet that the network has doubled must not double all others.
 */
final class Sending extends Session {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** Its port may take a moment. */
    private static final long UNBEGUN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A client that asks again after that long without a word has begun anew. */
    private static final long BEGUN_ANEW_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    /** One datagram of the kernel's that it cuts into packets. */
    private static final int MOST_BYTES_AT_ONCE = 60_000;

    /** A client that has answered once is there, and its path may be bad. */
    private static final int PATIENCE = 2;

    private static final int HEADER_BYTES = 4;
    private static final long OPTIONS = -1;

    private final Options options;
    /** Stands for the options as they were asked for, which need not be kept. */
    private final int askedOptions;

    private final TftpServerSettings settings;
    private final TransferListener listener;
    private final RoundTrips roundTrips = new RoundTrips();
    private final long startedNanos;
    private final long size;
    private @Nullable TftpContent content;
    /** The last block that the client has: 0 before the first, -1 before it has acknowledged the options. */
    private long acknowledged;
    /** The last block that was sent. */
    private long sent;

    private long sentNanos;
    private long heardNanos;
    private int retransmissions;
    private byte attempts;
    private boolean heard;
    /** This window has been sent again because of an ACK that came twice. */
    private boolean again;

    /**
     * @param asked   what the client has asked for
     * @param options what it gets of that
     */
    Sending(
            TftpRequest request,
            TftpContent content,
            Map<String, String> asked,
            Options options,
            TftpServerSettings settings,
            Line line,
            TransferListener listener,
            long nowNanos) {
        super(request, line);
        this.content = content;
        this.size = content.size();
        this.options = options;
        this.askedOptions = asked.hashCode();
        this.settings = settings;
        this.listener = listener;
        this.startedNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.deadlineNanos = nowNanos + UNBEGUN_NANOS;
    }

    /** Sends the first packet. */
    void begin(long nowNanos) {
        heardNanos = nowNanos;
        acknowledged = options.isAcknowledged() ? OPTIONS : 0;
        sent = acknowledged;
        sendNext(nowNanos);
    }

    @Override
    boolean isOver() {
        return content == null;
    }

    @Override
    boolean isHeard() {
        return heard;
    }

    @Override
    boolean requestedAgain(TftpPacket packet, long nowNanos) {
        boolean same = packet instanceof TftpPacket.ReadRequest read
                && read.fileName().equals(request.fileName())
                && read.mode().equals(request.mode())
                && read.options().hashCode() == askedOptions;
        return same && !(heard && nowNanos - heardNanos > BEGUN_ANEW_NANOS);
    }

    @Override
    void acknowledged(int number, long nowNanos) {
        if (content == null) {
            return;
        }
        int ahead = number - (int) (acknowledged & 0xffff) & 0xffff;
        if (acknowledged == OPTIONS) {
            if (number != 0) {
                return;
            }
            ahead = 1;
        }
        if (ahead == 0) {
            acknowledgedTwice(nowNanos);
        } else if (ahead <= sent - acknowledged || acknowledged == OPTIONS) {
            advance(acknowledged + ahead, nowNanos);
        }
    }

    private void advance(long block, long nowNanos) {
        heard = true;
        heardNanos = nowNanos;
        boolean whole = block == sent || acknowledged == OPTIONS;
        if (!whole && !roundTripPassed(nowNanos)) {
            // What is missing was sent just now: a reader acknowledges each block that the network has doubled.
            acknowledged = block;
            return;
        }
        if (!whole) {
            retransmissions += (int) (sent - block);
        } else if (attempts == 0 && !again) {
            roundTrips.measured(nowNanos - sentNanos);
        }
        acknowledged = block;
        attempts = 0;
        again = false;
        if (block == lastBlock()) {
            end(TransferListener.Outcome.COMPLETED, null, nowNanos);
        } else {
            sendNext(nowNanos);
        }
    }

    /** The first block of a window was lost and another of it has come, or the network has doubled the ACK. */
    private void acknowledgedTwice(long nowNanos) {
        heardNanos = nowNanos;
        if (options.windowSize() > 1 && !again && sent > acknowledged + 1 && roundTripPassed(nowNanos)) {
            again = true;
            retransmissions += (int) (sent - acknowledged);
            sendNext(nowNanos);
        }
    }

    private boolean roundTripPassed(long nowNanos) {
        return nowNanos - sentNanos >= roundTrips.smoothedNanos() / 2;
    }

    @Override
    void data(int number, ByteBuf payload, long nowNanos) {
        end(TransferListener.Outcome.ABORTED, TftpErrorCode.ILLEGAL_OPERATION, nowNanos);
    }

    private long lastBlock() {
        return size / options.blockSizeBytes() + 1;
    }

    private void sendNext(long nowNanos) {
        sentNanos = nowNanos;
        deadlineNanos = nowNanos
                + roundTrips.timeoutNanos(
                        settings,
                        options.timeoutSeconds(),
                        attempts,
                        request.remote().hashCode() + (int) acknowledged);
        if (acknowledged == OPTIONS) {
            ByteBuf packet =
                    line().alloc().directBuffer(2 + options.acknowledgement().length());
            packet.writeShort(6).writeCharSequence(options.acknowledgement(), StandardCharsets.ISO_8859_1);
            line().send(packet, request.remote());
            return;
        }
        try {
            sendBlocks(acknowledged + 1, Math.min(lastBlock(), acknowledged + options.windowSize()));
        } catch (IOException e) {
            LOG.warn("Transfer cannot read its content remote={}", request.remote(), e);
            end(TransferListener.Outcome.ABORTED, TftpErrorCode.NOT_DEFINED, nowNanos);
        }
    }

    private void sendBlocks(long from, long to) throws IOException {
        int packetBytes = options.blockSizeBytes() + HEADER_BYTES;
        int atOnce = Math.max(1, Math.min(MOST_BYTES_AT_ONCE / packetBytes, TftpServerSettings.MAX_WINDOW_SIZE));
        for (long first = from; first <= to; first += atOnce) {
            long last = Math.min(to, first + atOnce - 1);
            int count = (int) (last - first + 1);
            ByteBuf packets = line().alloc().directBuffer((count - 1) * packetBytes + HEADER_BYTES + lengthOf(last));
            try {
                for (long block = first; block <= last; block++) {
                    packets.writeShort(3).writeShort((int) (block & 0xffff));
                    read(block, packets);
                }
            } catch (IOException e) {
                packets.release();
                throw e;
            }
            if (count == 1) {
                line().send(packets, request.remote());
            } else {
                line().sendAll(packets, packetBytes, request.remote());
            }
        }
        sent = to;
    }

    private void read(long block, ByteBuf out) throws IOException {
        TftpContent open = content;
        if (open != null) {
            open.read((block - 1) * options.blockSizeBytes(), lengthOf(block), out);
        }
    }

    private int lengthOf(long number) {
        long left = size - (number - 1) * options.blockSizeBytes();
        return (int) Math.min(left, options.blockSizeBytes());
    }

    @Override
    void silence(long nowNanos) {
        int most = heard ? PATIENCE * settings.maxRetransmissions() : settings.maxRetransmissions();
        if (attempts >= most || nowNanos - heardNanos > options.longestSilenceNanos()) {
            end(TransferListener.Outcome.SILENT, null, nowNanos);
            return;
        }
        attempts++;
        retransmissions += (int) Math.max(1, sent - acknowledged);
        sendNext(nowNanos);
    }

    @Override
    void end(TransferListener.Outcome outcome, @Nullable TftpErrorCode code, long nowNanos) {
        TftpContent open = content;
        if (open == null) {
            return;
        }
        content = null;
        if (code != null) {
            write(code.packet());
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("Content of a transfer cannot be closed remote={}", request.remote(), e);
        }
        long blocks = Math.max(0, acknowledged);
        listener.ended(report(
                false,
                outcome,
                Math.min(size, blocks * options.blockSizeBytes()),
                blocks,
                retransmissions,
                nowNanos - startedNanos));
    }
}
