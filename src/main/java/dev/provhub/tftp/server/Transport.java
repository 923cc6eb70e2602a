package dev.provhub.tftp.server;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The event loop and its kind of sockets: native epoll where there is Linux, else the JDK's. */
record Transport(EventLoopGroup group, ChannelFactory<DatagramChannel> channels) {
    private static final DefaultThreadFactory THREADS = new DefaultThreadFactory("tftp", true);

    static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(new EpollEventLoopGroup(1, THREADS), EpollDatagramChannel::new)
                : new Transport(new NioEventLoopGroup(1, THREADS), NioDatagramChannel::new);
    }

    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
