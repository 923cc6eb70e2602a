package dev.provhub.emulator.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Treats one channel as {@link LineQuality} says. Stands first in the pipeline; keeps the order of a connection. */
final class BadLine extends ChannelDuplexHandler {
    /** How long TCP waits before it sends a lost packet again (RFC 6298, section 2: at least a second, halved by most). */
    private static final long RESENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Object END = new Object();

    private final LineQuality quality;
    private final RandomGenerator chance;
    private long lastSentNanos = System.nanoTime();
    private long inNotBefore = lastSentNanos;
    private long outNotBefore = lastSentNanos;
    /** Packets, then {@link #END}: one queue, since tasks due at the same moment may run in any order. */
    private final Deque<Object> arriving = new ArrayDeque<>();
    private final Deque<Sent> leaving = new ArrayDeque<>();

    private record Sent(Object packet, ChannelPromise promise) {}

    BadLine(LineQuality quality, RandomGenerator chance) {
        this.quality = quality;
        this.chance = chance;
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
        leaving.addLast(new Sent(packet, promise));
        ctx.executor().schedule(() -> leave(ctx), outNotBefore - now, TimeUnit.NANOSECONDS);
    }

    private void leave(ChannelHandlerContext ctx) {
        Sent sent = leaving.pollFirst();
        if (sent != null) {
            ctx.writeAndFlush(sent.packet(), sent.promise());
        }
    }

    /** Lets the connection stand when the other side ends it: what still travels arrives before. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel) {
            ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        long now = System.nanoTime();
        if (isForgotten(now) || isLost(packet)) {
            ReferenceCountUtil.release(packet);
            return;
        }
        inNotBefore = Math.max(inNotBefore, now + travel(packet));
        travels(ctx, packet, now);
    }

    private void travels(ChannelHandlerContext ctx, Object packetOrEnd, long now) {
        arriving.addLast(packetOrEnd);
        ctx.executor().schedule(() -> arrive(ctx), inNotBefore - now, TimeUnit.NANOSECONDS);
    }

    private void arrive(ChannelHandlerContext ctx) {
        Object packet = arriving.pollFirst();
        if (packet == END) {
            ctx.close();
        } else if (packet != null) {
            ctx.fireChannelRead(packet);
            ctx.fireChannelReadComplete();
        }
    }

    /** The other side's end, which the house does not hear of either when its router has forgotten the connection. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        long now = System.nanoTime();
        if (event instanceof ChannelInputShutdownEvent && !isForgotten(now)) {
            travels(ctx, END, now);
        } else if (!(event instanceof ChannelInputShutdownEvent)
                && !(event instanceof ChannelInputShutdownReadComplete)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        arriving.forEach(ReferenceCountUtil::release);
        arriving.clear();
        for (Sent sent : leaving) {
            ReferenceCountUtil.release(sent.packet());
            sent.promise().tryFailure(new ClosedChannelException());
        }
        leaving.clear();
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
        return quality.loss() > 0 && chance.nextDouble() < quality.loss();
    }

    private long travel(Object packet) {
        long nanos = quality.delay().toNanos();
        return packet instanceof DatagramPacket || !hits() ? nanos : nanos + RESENT_NANOS;
    }
}
