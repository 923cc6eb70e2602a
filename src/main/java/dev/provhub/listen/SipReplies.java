package dev.provhub.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.apache.camel.component.netty.NettyCamelState;
import org.apache.camel.component.netty.NettyCamelStateCorrelationManager;
import org.jspecify.annotations.Nullable;

/**
 * Takes the responses that come on connections which a {@code to: netty} has opened. Which request one belongs to is not for
 * Camel to say: sending is over when the message is on the wire, and the transaction waits elsewhere. To be named in {@code
 * correlationManager}.
 */
public final class SipReplies implements NettyCamelStateCorrelationManager {
    private final BiConsumer<InetAddress, byte[]> received;

    /** @param received takes what has come, and from where */
    public SipReplies(BiConsumer<InetAddress, byte[]> received) {
        this.received = received;
    }

    @Override
    public void putState(Channel channel, NettyCamelState state) {
        // Nothing waits here
    }

    @Override
    public void removeState(ChannelHandlerContext context, Channel channel) {
        // Nothing waits here
    }

    @Override
    public @Nullable NettyCamelState getState(ChannelHandlerContext context, Channel channel, Object message) {
        if (message instanceof byte[] bytes && channel.remoteAddress() instanceof InetSocketAddress source) {
            received.accept(source.getAddress(), bytes);
        }
        return null;
    }

    @Override
    public @Nullable NettyCamelState getState(ChannelHandlerContext context, Channel channel, Throwable cause) {
        return null;
    }
}
