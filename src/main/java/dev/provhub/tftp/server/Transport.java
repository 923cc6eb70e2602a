package dev.provhub.tftp.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** The event loop and its kind of sockets: native epoll where there is Linux, else the JDK's. */
record Transport(EventLoopGroup group, boolean epoll) {
    private static final DefaultThreadFactory THREADS = new DefaultThreadFactory("tftp", true);

    static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(new EpollEventLoopGroup(1, THREADS), true)
                : new Transport(new NioEventLoopGroup(1, THREADS), false);
    }

    /** A socket of the family of an address. */
    DatagramChannel channel(InetAddress address) {
        InternetProtocolFamily family =
                address instanceof Inet4Address ? InternetProtocolFamily.IPv4 : InternetProtocolFamily.IPv6;
        return epoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }

    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
