package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.Netascii;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way from a client: the receiving end, which knows neither sockets nor clocks.
 *
 * <pre>
 *  WRQ --> OACK or ACK 0 --DATA 1--> ACK 1 … DATA n (short) --> asking --accepted--> ACK n, dallying --> over
 *                                                                 '-----refused----> ERROR ------------> over
 * </pre>
 *
 * A client that hears nothing sends again, so a request that comes again before the first block is answered again, and nothing
 * is sent to an address that has sent no block yet but one packet for each of its own. From the first block on the timer repeats
 * the last ACK too. A block that comes twice is acknowledged again, but not if that was done just now: a packet that the network
 * has doubled must not double all that follow (RFC 1123, section 4.2.3.1). After a gap in a window the last block in order is
 * acknowledged once, and the client goes on from there (RFC 7440, section 4).
 *
 * <p>The last ACK waits for whoever takes the file; meanwhile the client may ask again and gets no answer. Once sent, it is
 * repeated for whoever asks again (RFC 1350, section 6, "dallying").
 */
final class Reception extends Session {
    /** Clients wait at least 50 ms before they send again. */
    private static final long DOUBLED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** A request in somebody else's name holds its place this long; clients ask again after 5 s at most. */
    private static final long FIRST_BLOCK_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** tftp-hpa, curl and atftp send again after 5 s: two ACKs of the last block may be lost. */
    private static final long DALLYING_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** Its port may take a moment. */
    private static final long UNBEGUN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long BEGUN_ANEW_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    /** Where it stands. */
    enum State {
        RECEIVING,
        ASKING,
        DALLYING,
        OVER
    }

    /** Takes the file when its last block is there. The answer goes to {@link #accept} or {@link #refuse}. */
    interface Taker {
        /** Called on the event loop. */
        void complete(Reception reception, byte[] bytes);
    }

    private final Options options;
    private final TftpServerSettings settings;
    private final Taker taker;
    private final TransferListener listener;
    private final Map<String, String> asked;
    private final Received received;
    private final long startedNanos;

    /** Changed on the event loop. */
    private volatile State state = State.RECEIVING;
    /** The last block that came in order. */
    private long block;

    private int unacknowledged;
    private boolean gapTold;
    private int attempts;
    private int retransmissions;
    private long acknowledgedNanos;
    private long heardNanos;

    Reception(
            TftpRequest request,
            Map<String, String> asked,
            TftpServerSettings settings,
            Line line,
            Taker taker,
            TransferListener listener,
            long nowNanos) {
        super(request, line);
        this.asked = asked;
        this.options = Options.forWrite(asked, settings);
        this.settings = settings;
        this.taker = taker;
        this.listener = listener;
        this.received = new Received(settings.maxWriteBytes());
        this.startedNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.deadlineNanos = nowNanos + UNBEGUN_NANOS;
    }

    /** Sends the first answer. */
    void begin(long nowNanos) {
        heardNanos = nowNanos;
        acknowledge(nowNanos);
        deadlineNanos = nowNanos + FIRST_BLOCK_NANOS;
    }

    State state() {
        return state;
    }

    @Override
    boolean isOver() {
        return state == State.OVER;
    }

    @Override
    boolean isIdle() {
        return state == State.OVER || state == State.DALLYING;
    }

    @Override
    boolean isHeard() {
        return block > 0;
    }

    /** After the first block a request that is late means nothing, after the last another file. */
    @Override
    boolean requestedAgain(TftpPacket packet, long nowNanos) {
        boolean same = packet instanceof TftpPacket.WriteRequest write
                && write.fileName().equals(request.fileName())
                && write.mode().equals(request.mode())
                && write.options().equals(asked);
        if (!same || isIdle()) {
            return false;
        }
        if (block == 0 && nowNanos - acknowledgedNanos >= DOUBLED_NANOS) {
            retransmissions++;
            acknowledge(nowNanos);
        }
        return block == 0 || state == State.ASKING || nowNanos - heardNanos < BEGUN_ANEW_NANOS;
    }

    @Override
    void acknowledged(int number, long nowNanos) {
        end(TransferListener.Outcome.ABORTED, TftpErrorCode.ILLEGAL_OPERATION, nowNanos);
    }

    @Override
    void data(int number, ByteBuf payload, long nowNanos) {
        heardNanos = nowNanos;
        if (state != State.RECEIVING) {
            if (state == State.DALLYING && number == block % BLOCK_NUMBERS) {
                again(nowNanos);
            }
            return;
        }
        int ahead = (int) ((number - (block + 1)) & 0xffff);
        if (ahead == 0) {
            next(payload, nowNanos);
        } else if (ahead >= BLOCK_NUMBERS / 2) {
            again(nowNanos);
        } else if (!gapTold) {
            gapTold = true;
            acknowledge(nowNanos);
        }
    }

    private void next(ByteBuf payload, long nowNanos) {
        int length = payload.readableBytes();
        if (length > options.blockSizeBytes()) {
            end(TransferListener.Outcome.ABORTED, TftpErrorCode.ILLEGAL_OPERATION, nowNanos);
            return;
        }
        if (!received.append(payload)) {
            end(TransferListener.Outcome.ABORTED, TftpErrorCode.DISK_FULL, nowNanos);
            return;
        }
        block++;
        attempts = 0;
        gapTold = false;
        unacknowledged++;
        if (length < options.blockSizeBytes()) {
            state = State.ASKING;
            deadlineNanos = nowNanos + settings.answerTimeout().toNanos();
            byte[] bytes = received.take();
            taker.complete(this, request.mode().equals("netascii") ? Netascii.decode(bytes) : bytes);
        } else if (unacknowledged >= options.windowSize()) {
            acknowledge(nowNanos);
        } else {
            deadlineNanos = nowNanos + timeoutNanos();
        }
    }

    /** A block that was acknowledged has come again: the ACK was lost, or the network has doubled the block. */
    private void again(long nowNanos) {
        if (nowNanos - acknowledgedNanos >= DOUBLED_NANOS) {
            retransmissions++;
            acknowledge(nowNanos);
        }
    }

    private void acknowledge(long nowNanos) {
        unacknowledged = 0;
        acknowledgedNanos = nowNanos;
        if (block == 0 && options.isAcknowledged()) {
            ByteBuf packet =
                    line().alloc().directBuffer(2 + options.acknowledgement().length());
            packet.writeShort(6).writeCharSequence(options.acknowledgement(), StandardCharsets.ISO_8859_1);
            line().send(packet, request.remote());
        } else {
            writeAcknowledgement(block);
        }
        if (state == State.RECEIVING && block > 0) {
            deadlineNanos = nowNanos + timeoutNanos();
        }
    }

    private long timeoutNanos() {
        return options.timeoutSeconds() > 0
                ? TimeUnit.SECONDS.toNanos(options.timeoutSeconds())
                : settings.retransmitTimeout().toNanos() << attempts;
    }

    @Override
    void silence(long nowNanos) {
        switch (state) {
            case RECEIVING -> {
                boolean tooLong = nowNanos - heardNanos > options.longestSilenceNanos();
                if (block == 0 || attempts >= settings.maxRetransmissions() || tooLong) {
                    end(TransferListener.Outcome.SILENT, null, nowNanos);
                } else {
                    attempts++;
                    retransmissions++;
                    gapTold = false;
                    acknowledge(nowNanos);
                }
            }
            case ASKING -> end(TransferListener.Outcome.ABORTED, TftpErrorCode.NOT_DEFINED, nowNanos);
            case DALLYING, OVER -> state = State.OVER;
        }
    }

    /** The file was taken. */
    void accept(long nowNanos) {
        if (state == State.ASKING) {
            state = State.DALLYING;
            acknowledge(nowNanos);
            deadlineNanos =
                    nowNanos + Math.max(DALLYING_NANOS, TimeUnit.SECONDS.toNanos(2L * options.timeoutSeconds() + 1));
            tell(TransferListener.Outcome.COMPLETED, nowNanos);
        }
    }

    /** The file was not taken. */
    void refuse(TftpErrorCode code, long nowNanos) {
        if (state == State.ASKING) {
            end(TransferListener.Outcome.REFUSED, code, nowNanos);
        }
    }

    @Override
    void end(TransferListener.Outcome outcome, @Nullable TftpErrorCode code, long nowNanos) {
        State before = state;
        state = State.OVER;
        received.drop();
        if (before == State.RECEIVING || before == State.ASKING) {
            if (code != null) {
                write(code.packet());
            }
            tell(outcome, nowNanos);
        }
    }

    private void tell(TransferListener.Outcome outcome, long nowNanos) {
        listener.ended(report(true, outcome, received.size(), block, retransmissions, nowNanos - startedNanos));
    }
}
