package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
final class Reception {
    /** Clients wait at least 50 ms before they send again. */
    private static final long DOUBLED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** A request in somebody else's name holds its place this long; clients ask again after 5 s at most. */
    private static final long FIRST_BLOCK_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** tftp-hpa, curl and atftp send again after 5 s: two ACKs of the last block may be lost. */
    private static final long DALLYING_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BLOCK_NUMBERS = 0x10000;

    /** Where it stands. */
    enum State {
        RECEIVING,
        ASKING,
        DALLYING,
        OVER
    }

    /** Hears of what matters to others. */
    interface Owner {
        /** The last block is there. The answer goes to {@link #accept} or {@link #refuse}. */
        void complete(byte[] bytes);

        /** It has ended, though it may be dallying yet. */
        void ended(TransferListener.Report report);
    }

    private final TftpRequest request;
    private final Options options;
    private final TftpServerSettings settings;
    private final Line line;
    private final Owner owner;
    private final Received received;
    private final long startedNanos;

    private State state = State.RECEIVING;
    /** The last block that came in order. */
    private long block;

    private int unacknowledged;
    private boolean gapTold;
    private int attempts;
    private int retransmissions;
    private long acknowledgedNanos;
    private long heardNanos;
    private long deadlineNanos;

    Reception(
            TftpRequest request, Options options, TftpServerSettings settings, Line line, Owner owner, long nowNanos) {
        this.request = request;
        this.options = options;
        this.settings = settings;
        this.line = line;
        this.owner = owner;
        this.received = new Received(settings.maxWriteBytes());
        this.startedNanos = nowNanos;
    }

    /** Sends the first answer. */
    void begin(long nowNanos) {
        heardNanos = nowNanos;
        acknowledge(nowNanos);
        deadlineNanos = nowNanos + FIRST_BLOCK_NANOS;
    }

    /** When {@link #silence} is to be called; may move later at any time. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    State state() {
        return state;
    }

    /** Whether a block has come. */
    boolean isHeard() {
        return block > 0;
    }

    /** The same request has come again. */
    void requestedAgain(long nowNanos) {
        if (state == State.RECEIVING && block == 0 && nowNanos - acknowledgedNanos >= DOUBLED_NANOS) {
            retransmissions++;
            acknowledge(nowNanos);
        }
    }

    /** Takes one datagram of the client, which is not released. */
    void take(ByteBuf datagram, long nowNanos) {
        if (state == State.OVER) {
            return;
        }
        try {
            take(TftpDecoder.decode(datagram), nowNanos);
        } catch (TftpDecoderException e) {
            fail(e.code(), TransferListener.Outcome.ABORTED, nowNanos);
        }
    }

    private void take(TftpPacket packet, long nowNanos) {
        if (packet instanceof TftpPacket.Data data) {
            try {
                data(data.block(), data.payload(), nowNanos);
            } finally {
                data.payload().release();
            }
        } else if (packet instanceof TftpPacket.ErrorPacket) {
            end(TransferListener.Outcome.REFUSED_BY_CLIENT, nowNanos);
        } else if (packet instanceof TftpPacket.WriteRequest) {
            requestedAgain(nowNanos);
        } else {
            fail(TftpErrorCode.ILLEGAL_OPERATION, TransferListener.Outcome.ABORTED, nowNanos);
        }
    }

    private void data(int number, ByteBuf payload, long nowNanos) {
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
            fail(TftpErrorCode.ILLEGAL_OPERATION, TransferListener.Outcome.ABORTED, nowNanos);
            return;
        }
        if (!received.append(payload)) {
            fail(TftpErrorCode.DISK_FULL, TransferListener.Outcome.ABORTED, nowNanos);
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
            owner.complete(request.mode().equals("netascii") ? Netascii.decode(bytes) : bytes);
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
        write(
                block == 0 && !options.accepted().isEmpty()
                        ? new TftpPacket.OptionAcknowledgement(options.accepted())
                        : new TftpPacket.Acknowledgement((int) (block % BLOCK_NUMBERS)));
        if (state == State.RECEIVING && block > 0) {
            deadlineNanos = nowNanos + timeoutNanos();
        }
    }

    private long timeoutNanos() {
        return options.timeoutSeconds() > 0
                ? TimeUnit.SECONDS.toNanos(options.timeoutSeconds())
                : settings.retransmitTimeout().toNanos() << attempts;
    }

    /** Nothing has come until the deadline. */
    void silence(long nowNanos) {
        switch (state) {
            case RECEIVING -> {
                boolean tooLong = nowNanos - heardNanos > MAX_SILENCE_NANOS;
                if (block == 0 || attempts >= settings.maxRetransmissions() || tooLong) {
                    end(TransferListener.Outcome.SILENT, nowNanos);
                } else {
                    attempts++;
                    retransmissions++;
                    gapTold = false;
                    acknowledge(nowNanos);
                }
            }
            case ASKING -> fail(TftpErrorCode.NOT_DEFINED, TransferListener.Outcome.ABORTED, nowNanos);
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
            report(TransferListener.Outcome.COMPLETED, nowNanos);
        }
    }

    /** The file was not taken. */
    void refuse(TftpErrorCode code, long nowNanos) {
        if (state == State.ASKING) {
            fail(code, TransferListener.Outcome.REFUSED, nowNanos);
        }
    }

    /** The server stops and cannot wait longer. */
    void abort(long nowNanos) {
        fail(TftpErrorCode.NOT_DEFINED, TransferListener.Outcome.ABORTED, nowNanos);
    }

    /** Ends without a word to the client. */
    void giveUp(long nowNanos) {
        end(TransferListener.Outcome.SILENT, nowNanos);
    }

    private void fail(TftpErrorCode code, TransferListener.Outcome outcome, long nowNanos) {
        if (state == State.RECEIVING || state == State.ASKING) {
            write(code.packet());
        }
        end(outcome, nowNanos);
    }

    private void end(TransferListener.Outcome outcome, long nowNanos) {
        State before = state;
        state = State.OVER;
        received.drop();
        if (before == State.RECEIVING || before == State.ASKING) {
            report(outcome, nowNanos);
        }
    }

    private void report(TransferListener.Outcome outcome, long nowNanos) {
        owner.ended(new TransferListener.Report(
                request.remote(),
                request.fileName(),
                true,
                outcome,
                received.size(),
                block,
                retransmissions,
                Duration.ofNanos(nowNanos - startedNanos)));
    }

    private void write(TftpPacket packet) {
        ByteBuf bytes = line.alloc().directBuffer();
        TftpEncoder.encode(packet, bytes);
        line.send(bytes);
    }
}
