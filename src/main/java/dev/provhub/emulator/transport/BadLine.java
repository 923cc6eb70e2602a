package dev.provhub.emulator.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Treats one channel as {@link LineQuality} says. Stands first in the pipeline; keeps the order of a connection. */
final class BadLine extends ChannelDuplexHandler {
    /** How long TCP waits before it sends a lost packet again (RFC 6298, section 2: at least a second, halved by most). */
    private static final long RESENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LineQuality quality;
    private long lastSentNanos = System.nanoTime();
    private long inNotBefore = lastSentNanos;
    private long outNotBefore = lastSentNanos;

    BadLine(LineQuality quality) {
        this.quality = quality;
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        // A connection costs a packet in each direction before it stands
        long nanos = 2 * quality.delay().toNanos();
        ctx.executor().schedule(() -> ctx.connect(remote, local, promise), nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object packet, ChannelPromise promise) {
        long now = System.nanoTime();
        if (isForgotten(now) || isLost(packet)) {
            ReferenceCountUtil.release(packet);
            promise.trySuccess();
            return;
        }
        lastSentNanos = now;
        outNotBefore = Math.max(outNotBefore, now + travel(packet));
        ctx.executor().schedule(() -> ctx.writeAndFlush(packet, promise), outNotBefore - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        long now = System.nanoTime();
        if (isForgotten(now) || isLost(packet)) {
            ReferenceCountUtil.release(packet);
            return;
        }
        inNotBefore = Math.max(inNotBefore, now + travel(packet));
        ctx.executor()
                .schedule(
                        () -> {
                            ctx.fireChannelRead(packet);
                            ctx.fireChannelReadComplete();
                        },
                        inNotBefore - now,
                        TimeUnit.NANOSECONDS);
    }

    /** What still travels arrives before the end does. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        long wait = Math.max(0, inNotBefore - System.nanoTime());
        ctx.executor().schedule(ctx::fireChannelInactive, wait, TimeUnit.NANOSECONDS);
    }

    /** Only what leaves the house keeps its router's memory fresh. */
    private boolean isForgotten(long now) {
        long after = quality.natForgets().toNanos();
        return after > 0 && now - lastSentNanos > after;
    }

    private boolean isLost(Object packet) {
        return packet instanceof DatagramPacket && hits();
    }

    private boolean hits() {
        return quality.loss() > 0 && ThreadLocalRandom.current().nextDouble() < quality.loss();
    }

    private long travel(Object packet) {
        long nanos = quality.delay().toNanos();
        return packet instanceof DatagramPacket || !hits() ? nanos : nanos + RESENT_NANOS;
    }
}
