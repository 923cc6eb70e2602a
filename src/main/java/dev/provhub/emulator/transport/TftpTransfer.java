package dev.provhub.emulator.transport;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TFTP read or write (RFC 1350): octet, blocks of 512 bytes, no options, the path with its leading slash. The server's
 * answers come from a port of their own; what comes from elsewhere is told so (section 4). What was sent last is sent again
 * after two seconds of silence, which no phone's document states.
 */
final class TftpTransfer extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int MOST_SILENCES = 5;
    private static final int BLOCK_BYTES = 512;
    private static final String MODE = "octet";

    private final PhoneLine line;
    private final OpenConnections connections;
    private final FetchRequest request;
    private final boolean write;
    private final CompletableFuture<FetchResult> result = new CompletableFuture<>();
    private final BodyBuffer body;
    private @Nullable InetSocketAddress asked;
    private @Nullable InetSocketAddress peer;
    private @Nullable TftpPacket last;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ChannelFuture sent;
    private int silences;
    /** Reading: the block that comes next. Writing: the one that was sent last, 0 for the request. */
    private long block;

    TftpTransfer(PhoneLine line, OpenConnections connections, FetchRequest request, boolean write) {
        this.line = line;
        this.connections = connections;
        this.request = request;
        this.write = write;
        this.body = new BodyBuffer(request.maxBytes(), request.sink());
        this.block = write ? 0 : 1;
    }

    /** Runs it against one address. */
    CompletableFuture<FetchResult> run(InetSocketAddress server) {
        asked = server;
        new Bootstrap()
                .group(line.network().loops())
                .channel(PhoneNetwork.datagrams())
                .handler(new ChannelInitializer<DatagramChannel>() {
                    @Override
                    protected void initChannel(DatagramChannel channel) throws IOException {
                        connections.add(channel);
                        if (!line.quality().isPerfect()) {
                            channel.pipeline().addLast(new BadLine(line.quality(), line.chance()));
                        }
                        channel.pipeline().addLast(TftpTransfer.this);
                    }
                })
                .bind(0)
                .addListener((ChannelFuture bound) -> {
                    if (!bound.isSuccess()) {
                        result.completeExceptionally(bound.cause());
                    }
                });
        return result;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        String path = request.url().path();
        send(
                ctx,
                write
                        ? new TftpPacket.WriteRequest(path, MODE, Map.of())
                        : new TftpPacket.ReadRequest(path, MODE, Map.of()));
    }

    private void send(ChannelHandlerContext ctx, TftpPacket packet) {
        last = packet;
        silences = 0;
        sendAgain(ctx, packet);
    }

    private void sendAgain(ChannelHandlerContext ctx, TftpPacket packet) {
        InetSocketAddress to = peer == null ? asked : peer;
        ByteBuf bytes = ctx.alloc().buffer();
        TftpEncoder.encode(packet, bytes);
        sent = ctx.writeAndFlush(new DatagramPacket(bytes, to));
        stopTimer();
        timer = ctx.executor().schedule(() -> silent(ctx), shorter().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Duration shorter() {
        return SILENCE.compareTo(line.timeouts().read()) < 0
                ? SILENCE
                : line.timeouts().read();
    }

    private void silent(ChannelHandlerContext ctx) {
        if (++silences > MOST_SILENCES) {
            fail(ctx, new SocketTimeoutException("no answer"));
        } else if (last != null) {
            sendAgain(ctx, last);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) throws IOException {
        InetSocketAddress from = datagram.sender();
        if (!isPeer(from)) {
            refuse(ctx, from);
            return;
        }
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(datagram.content());
        } catch (TftpDecoderException e) {
            throw new IOException("answer is no TFTP packet");
        }
        peer = from;
        if (packet instanceof TftpPacket.Data data) {
            try {
                received(ctx, data);
            } finally {
                data.payload().release();
            }
        } else if (packet instanceof TftpPacket.Acknowledgement acknowledgement) {
            acknowledged(ctx, acknowledgement.block());
        } else if (packet instanceof TftpPacket.ErrorPacket error) {
            refused(ctx, error);
        } else {
            throw new IOException("answer is no TFTP packet");
        }
    }

    /** The first answer decides which port it is. */
    private boolean isPeer(InetSocketAddress from) {
        return peer != null
                ? peer.equals(from)
                : asked != null && asked.getAddress().equals(from.getAddress());
    }

    private static void refuse(ChannelHandlerContext ctx, InetSocketAddress stranger) {
        ByteBuf bytes = ctx.alloc().buffer();
        TftpEncoder.encode(TftpErrorCode.UNKNOWN_TRANSFER.packet(), bytes);
        ctx.writeAndFlush(new DatagramPacket(bytes, stranger));
    }

    private void received(ChannelHandlerContext ctx, TftpPacket.Data data) throws IOException {
        int length = data.payload().readableBytes();
        if (write || length > BLOCK_BYTES) {
            throw new IOException("answer is not what was asked for");
        }
        if (data.block() != (block & 0xffff)) {
            // An old block once more: its acknowledgement was lost
            if (last instanceof TftpPacket.Acknowledgement acknowledgement && acknowledgement.block() == data.block()) {
                sendAgain(ctx, acknowledgement);
            }
            return;
        }
        body.add(data.payload());
        send(ctx, new TftpPacket.Acknowledgement(data.block()));
        block++;
        if (length < BLOCK_BYTES) {
            finish(ctx, body.body("", request.url()));
        }
    }

    private void acknowledged(ChannelHandlerContext ctx, int number) {
        byte[] file = request.upload().map(FetchRequest.Upload::body).orElse(new byte[0]);
        if (!write || number != (block & 0xffff)) {
            return;
        }
        long from = block * BLOCK_BYTES;
        // A last block shorter than 512 bytes, perhaps empty, ends the file
        if (block > 0 && file.length < from) {
            finish(ctx, body.body("", request.url()));
            return;
        }
        int length = (int) Math.min(BLOCK_BYTES, file.length - from);
        block++;
        send(ctx, new TftpPacket.Data((int) (block & 0xffff), Unpooled.wrappedBuffer(file, (int) from, length)));
    }

    private void refused(ChannelHandlerContext ctx, TftpPacket.ErrorPacket error) {
        finish(
                ctx,
                error.code() == TftpErrorCode.FILE_NOT_FOUND.number()
                        ? new FetchResult.NotFound()
                        : new FetchResult.Failed("tftp_get failed: error " + error.code()));
    }

    private void finish(ChannelHandlerContext ctx, FetchResult whole) {
        result.complete(whole);
        stopTimer();
        if (sent == null) {
            ctx.close();
        } else {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        result.completeExceptionally(cause);
        stopTimer();
        ctx.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new IOException("switched off"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause);
    }
}
