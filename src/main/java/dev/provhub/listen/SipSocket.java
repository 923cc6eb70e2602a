package dev.provhub.listen;

import io.netty.channel.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.DefaultServerInitializerFactory;
import org.apache.camel.component.netty.NettyConstants;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the one UDP socket of a {@code from: netty}, so that what a route sends leaves by the same: answers to a SIP request
 * come back to where it came from (RFC 3581). To be named in {@code serverInitializerFactory}.
 */
public final class SipSocket extends ServerInitializerFactory {
    private volatile @Nullable Channel channel;

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
        return new Remembering(consumer);
    }

    @Override
    protected void initChannel(Channel unused) {
        throw new IllegalStateException("the pipeline is made by createPipelineFactory");
    }

    /** Has the next {@code netty:udp} with {@code reuseChannel} send by this socket. */
    public void use(Exchange exchange) {
        Channel open = channel;
        if (open == null || !open.isActive()) {
            throw new IllegalStateException("the UDP socket for SIP is not open");
        }
        exchange.setProperty(NettyConstants.NETTY_CHANNEL, open);
    }

    private final class Remembering extends DefaultServerInitializerFactory {
        Remembering(NettyConsumer consumer) {
            super(consumer);
        }

        @Override
        protected void initChannel(Channel opened) throws Exception {
            super.initChannel(opened);
            channel = opened;
        }
    }
}
