package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one client address is about: it waits for an answer, reads a file or writes one. Knows neither sockets nor clocks: whoever
 * calls says what time it is, in nanoseconds of any origin. All methods on one event loop.
 */
abstract class Session {
    static final int BLOCK_NUMBERS = 0x10000;

    final TftpRequest request;
    /** When {@link #silence} is to be called; may move at any time. */
    long deadlineNanos;
    /** Neighbours among those whose client has not yet been heard of again. */
    @Nullable
    Session older;

    @Nullable
    Session newer;

    boolean listedUnheard;
    /** The next in the same slot of {@link Timers}. */
    @Nullable
    Session nextInSlot;

    boolean timed;
    private Line line;

    Session(TftpRequest request, Line line) {
        this.request = request;
        this.line = line;
    }

    /** The way to the client. */
    final Line line() {
        return line;
    }

    /** From now on another. */
    final void moveTo(Line other) {
        line = other;
    }

    /** Whether nothing more comes of it. */
    abstract boolean isOver();

    /** Whether the client has said anything since its request: then it is where it says. */
    abstract boolean isHeard();

    /** Whether the server may stop without waiting for it. */
    boolean isIdle() {
        return isOver();
    }

    /**
     * Another request from the same address.
     *
     * @return whether it is the one that this is about; else the client has begun anew
     */
    abstract boolean requestedAgain(TftpPacket packet, long nowNanos);

    /** A block, 0 to 65535, was acknowledged. */
    abstract void acknowledged(int number, long nowNanos);

    /**
     * A block has come.
     *
     * @param payload not released here
     */
    abstract void data(int number, ByteBuf payload, long nowNanos);

    /** Nothing has come until the deadline. */
    abstract void silence(long nowNanos);

    /** Ends; the client hears of it when code is not null. */
    abstract void end(TransferListener.Outcome outcome, @Nullable TftpErrorCode code, long nowNanos);

    final void write(TftpPacket packet) {
        write(line, packet, request.remote());
    }

    static void write(Line line, TftpPacket packet, InetSocketAddress to) {
        ByteBuf bytes = line.alloc().directBuffer(64);
        TftpEncoder.encode(packet, bytes);
        line.send(bytes, to);
    }

    final void writeAcknowledgement(long block) {
        line.send(line.alloc().directBuffer(4).writeShort(4).writeShort((int) (block & 0xffff)), request.remote());
    }

    final TransferListener.Report report(
            boolean write, TransferListener.Outcome outcome, long bytes, long blocks, int retransmissions, long nanos) {
        return new TransferListener.Report(
                request.remote(),
                request.fileName(),
                write,
                outcome,
                bytes,
                blocks,
                retransmissions,
                Duration.ofNanos(nanos));
    }
}
