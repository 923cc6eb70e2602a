package dev.provhub.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/** Closes a connection on which nothing has gone either way for {@value #SECONDS} seconds. To be named in {@code decoders}. */
public final class SipSilence extends DefaultChannelHandlerFactory {
    static final int SECONDS = 120;

    @Override
    public ChannelHandler newChannelHandler() {
        return new IdleStateHandler(0, 0, SECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
                context.close();
            }
        };
    }
}
