package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way to one client, from a port of its own.
 *
 * <pre>
 *            options agreed            ACK 0
 *  start ------------------> OACK ---------------> DATA 1 --ACK 1--> DATA 2 … DATA n (short) --ACK n--> over
 *    '------------------------------------------------^
 * </pre>
 *
 * Only the timer sends a packet again: an ACK that comes twice never does, or every block would be sent twice from there on
 * (RFC 1123, section 4.2.3.1). All methods run on the channel's event loop.
 */
final class Transfer extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BLOCK_NUMBERS = 0x10000;

    private final TftpRequest request;
    private final TftpContent content;
    private final Options options;
    private final TftpServerSettings settings;
    private final TransferListener listener;
    private final long startedNanos = System.nanoTime();

    private @Nullable Channel channel;
    private @Nullable ScheduledFuture<?> timer;
    /** The packet that waits for its ACK: 0 is the option acknowledgement. */
    private long block;

    private long acknowledgedBytes;
    private int attempts;
    private int retransmissions;
    private long heardNanos;
    private boolean heard;
    private boolean over;

    Transfer(
            TftpRequest request,
            TftpContent content,
            Options options,
            TftpServerSettings settings,
            TransferListener listener) {
        this.request = request;
        this.content = content;
        this.options = options;
        this.settings = settings;
        this.listener = listener;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        heardNanos = System.nanoTime();
        block = options.accepted().isEmpty() ? 1 : 0;
        sendCurrent();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        if (!datagram.sender().equals(request.remote())) {
            // RFC 1350, section 4: a stranger is told, the transfer goes on.
            write(TftpErrorCode.UNKNOWN_TRANSFER.packet(), datagram.sender());
            return;
        }
        try {
            take(TftpDecoder.decode(datagram.content()));
        } catch (TftpDecoderException e) {
            write(e.code().packet(), request.remote());
            end(TransferListener.Outcome.ABORTED);
        }
    }

    private void take(TftpPacket packet) {
        heardNanos = System.nanoTime();
        if (packet instanceof TftpPacket.Acknowledgement acknowledgement) {
            acknowledged(acknowledgement.block());
        } else if (packet instanceof TftpPacket.ErrorPacket) {
            end(TransferListener.Outcome.REFUSED_BY_CLIENT);
        } else {
            if (packet instanceof TftpPacket.Data data) {
                data.payload().release();
            }
            write(TftpErrorCode.ILLEGAL_OPERATION.packet(), request.remote());
            end(TransferListener.Outcome.ABORTED);
        }
    }

    private void acknowledged(int number) {
        if (number != block % BLOCK_NUMBERS) {
            return;
        }
        heard = true;
        boolean last = block > 0 && lengthOf(block) < options.blockSizeBytes();
        acknowledgedBytes += block > 0 ? lengthOf(block) : 0;
        if (last) {
            end(TransferListener.Outcome.COMPLETED);
            return;
        }
        block++;
        attempts = 0;
        sendCurrent();
    }

    private int lengthOf(long number) {
        long left = content.size() - (number - 1) * options.blockSizeBytes();
        return (int) Math.min(left, options.blockSizeBytes());
    }

    private void sendCurrent() {
        if (block == 0) {
            write(new TftpPacket.OptionAcknowledgement(options.accepted()), request.remote());
        } else if (!sendBlock()) {
            return;
        }
        armTimer();
    }

    private boolean sendBlock() {
        int length = lengthOf(block);
        ByteBuf payload = open().alloc().directBuffer(length);
        try {
            content.read((block - 1) * options.blockSizeBytes(), length, payload);
            write(new TftpPacket.Data((int) (block % BLOCK_NUMBERS), payload), request.remote());
            return true;
        } catch (IOException e) {
            LOG.warn("Transfer cannot read its content remote={}", request.remote(), e);
            write(TftpErrorCode.NOT_DEFINED.packet(), request.remote());
            end(TransferListener.Outcome.ABORTED);
            return false;
        } finally {
            payload.release();
        }
    }

    private void write(TftpPacket packet, InetSocketAddress to) {
        Channel open = open();
        ByteBuf bytes = open.alloc().directBuffer();
        TftpEncoder.encode(packet, bytes);
        open.writeAndFlush(new DatagramPacket(bytes, to), open.voidPromise());
    }

    private Channel open() {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("the transfer has not begun");
        }
        return open;
    }

    private void armTimer() {
        cancelTimer();
        timer = open().eventLoop().schedule(this::silence, timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A client that chose its timeout gets it each time; else it doubles, so that a full network is not filled further. */
    private Duration timeout() {
        return options.timeoutSeconds() > 0
                ? Duration.ofSeconds(options.timeoutSeconds())
                : settings.retransmitTimeout().multipliedBy(1L << attempts);
    }

    private void silence() {
        boolean tooLong = System.nanoTime() - heardNanos > MAX_SILENCE_NANOS;
        if (over || attempts >= settings.maxRetransmissions() || tooLong) {
            end(TransferListener.Outcome.SILENT);
            return;
        }
        attempts++;
        retransmissions++;
        sendCurrent();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Whether the client has acknowledged anything: then it is where it says. */
    boolean isHeard() {
        return heard;
    }

    /** Whether its first packet has been sent. */
    boolean hasBegun() {
        return channel != null;
    }

    /** Ends without a word to the client. */
    void giveUp() {
        end(TransferListener.Outcome.SILENT);
    }

    /** The server stops and cannot wait longer. */
    void abort() {
        if (!over && channel != null) {
            write(TftpErrorCode.NOT_DEFINED.packet(), request.remote());
            end(TransferListener.Outcome.ABORTED);
        }
    }

    private void end(TransferListener.Outcome outcome) {
        if (over) {
            return;
        }
        over = true;
        cancelTimer();
        try {
            content.close();
        } catch (IOException e) {
            LOG.warn("Content of a transfer cannot be closed remote={}", request.remote(), e);
        }
        open().close();
        listener.ended(new TransferListener.Report(
                request.remote(),
                request.fileName(),
                false,
                outcome,
                acknowledgedBytes,
                outcome == TransferListener.Outcome.COMPLETED ? block : Math.max(0, block - 1),
                retransmissions,
                Duration.ofNanos(System.nanoTime() - startedNanos)));
    }

    /** An ICMP answer to one of our packets, for one: the timer finds out whether the client is still there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Transfer channel reports remote={}", request.remote(), cause);
    }
}
