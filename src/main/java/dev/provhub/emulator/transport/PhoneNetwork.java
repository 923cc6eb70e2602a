package dev.provhub.emulator.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads that carry the traffic of any number of phones. Thread-safe. A phone that has fetched something goes on in one
 * of them, so what hears of it must be quick.
 */
public final class PhoneNetwork implements AutoCloseable {
    private final EventLoopGroup loops;
    private final ExecutorService names =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("phone-names", true));

    private PhoneNetwork(EventLoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Starts one.
     *
     * @param threads 1 or more; one carries thousands of phones, except for what TLS costs
     */
    public static PhoneNetwork open(int threads) {
        DefaultThreadFactory factory = new DefaultThreadFactory("phone-network", true);
        return new PhoneNetwork(
                Epoll.isAvailable()
                        ? new EpollEventLoopGroup(threads, factory)
                        : new NioEventLoopGroup(threads, factory));
    }

    /** All IPv4 addresses of a host, in the order in which they are tried; fails when there is none. */
    CompletableFuture<List<InetAddress>> resolve(String host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Arrays.stream(InetAddress.getAllByName(host))
                                .filter(Inet4Address.class::isInstance)
                                .toList();
                    } catch (UnknownHostException e) {
                        throw new CompletionException(e);
                    }
                },
                names);
    }

    /** For servers of a phone's own, and for timers of the network's time. */
    public EventLoopGroup loops() {
        return loops;
    }

    static Class<? extends SocketChannel> streams() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Kind of channel for datagrams. */
    public static Class<? extends DatagramChannel> datagrams() {
        return Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** Kind of channel for a phone's own pages. */
    public static Class<? extends ServerSocketChannel> servers() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Ends all that runs. */
    @Override
    public void close() {
        names.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
