package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves read and write requests on one UDP port, from that port (which passes firewalls, balancers and address translation) or
 * from a port for each transfer as RFC 1350 section 4 has it.
 *
 * <p>A socket bound to all addresses would answer from whichever the kernel likes, and a phone that asked at another takes
 * that for a stranger: for {@code 0.0.0.0} there is one socket for each IPv4 address that the machine has, for {@code ::} one for
 * each address of both families; those that it gets later are listened on within some seconds. Several addresses are separated by
 * commas.
 */
public final class TftpServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);
    /** A datagram may be larger than a request, so that one that is too large is seen to be. */
    private static final int REQUEST_BYTES = TftpPacket.MAX_REQUEST_BYTES + 64;
    /** A block has a header, and one byte too many shows that it is too large. */
    private static final int SPARE_BYTES = 8;
    /** Of 16 the calls into the kernel are felt; with 64 server and clients take turns. */
    private static final int BATCH = 32;

    private static final int LARGEST_BATCH_BYTES = 256 * 1024;
    /** A power failure brings a thousand phones in a second; asked of the kernel, which may give less. */
    private static final int QUEUE_BYTES = 4 * 1024 * 1024;

    /** How often addresses are looked for that were not there before. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(8 << 20, 16 << 20);

    private final TftpServerSettings settings;
    private final boolean allowsWrites;
    private final Transfers transfers;
    private final Transport transport;
    private final LocalAddresses local;
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    /** Addresses that the machine has got later and that could not be bound, so that each is a line in the log once. */
    private final Set<InetAddress> unbound = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean closed = new AtomicBoolean();

    private TftpServer(
            TftpServerSettings settings,
            TftpRequestHandler reads,
            @Nullable TftpWriteHandler writes,
            TransferListener listener,
            LocalAddresses local) {
        this.local = local;
        this.settings = settings;
        this.allowsWrites = writes != null;
        this.transport = Transport.best();
        this.transfers = new Transfers(settings, transport, reads, writes, listener);
    }

    /**
     * Binds and serves.
     *
     * @param reads    asked for each request, on the event loop
     * @param listener hears how each transfer ended
     * @throws IOException naming address and port, when they cannot be had
     */
    public static TftpServer start(TftpServerSettings settings, TftpRequestHandler reads, TransferListener listener)
            throws IOException {
        return start(settings, reads, null, listener);
    }

    /**
     * The same, and takes files.
     *
     * @param writes null refuses them all with error 2
     */
    public static TftpServer start(
            TftpServerSettings settings,
            TftpRequestHandler reads,
            @Nullable TftpWriteHandler writes,
            TransferListener listener)
            throws IOException {
        return start(settings, reads, writes, listener, LocalAddresses::ofThisMachine);
    }

    static TftpServer start(
            TftpServerSettings settings,
            TftpRequestHandler reads,
            @Nullable TftpWriteHandler writes,
            TransferListener listener,
            LocalAddresses.Machine machine)
            throws IOException {
        LocalAddresses local = new LocalAddresses(settings.host(), machine);
        TftpServer server = new TftpServer(settings, reads, writes, listener, local);
        try {
            server.bind();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void bind() throws IOException {
        int port = settings.port();
        for (InetAddress address : local.now()) {
            Channel channel = bind(new InetSocketAddress(address, port));
            if (!channel.isActive()) {
                throw new IOException("UDP " + address.getHostAddress() + ":" + port + " cannot be bound");
            }
            channels.add(channel);
            port = ((InetSocketAddress) channel.localAddress()).getPort();
        }
        for (Channel channel : channels) {
            int queue = channel.config().getOption(ChannelOption.SO_RCVBUF);
            if (queue < QUEUE_BYTES) {
                LOG.info(
                        "The kernel holds back less than asked, a burst may lose packets bytes={} asked={}",
                        queue,
                        QUEUE_BYTES);
                break;
            }
        }
        if (local.mayChange()) {
            // Not on the event loop, which has better things to do than to ask the kernel for all its interfaces
            transport
                    .group()
                    .scheduleWithFixedDelay(
                            () -> CompletableFuture.runAsync(this::lookAgain),
                            LOOK.toMillis(),
                            LOOK.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Listens on what the machine has got since: the network of a machine that has just started, an address that moves between two. */
    void lookAgain() {
        try {
            Set<InetAddress> bound = new HashSet<>();
            channels.forEach(channel -> bound.add(((InetSocketAddress) channel.localAddress()).getAddress()));
            for (InetAddress address : local.now()) {
                if (!bound.contains(address) && !closed.get()) {
                    bindLater(address);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Addresses cannot be looked for", e);
        }
    }

    private void bindLater(InetAddress address) {
        Channel channel = bind(new InetSocketAddress(address, port()));
        if (channel.isActive()) {
            unbound.remove(address);
            channels.add(channel);
            LOG.info("Listens on an address that is new address={} port={}", address.getHostAddress(), port());
        } else if (unbound.add(address)) {
            LOG.warn("An address that is new cannot be bound address={} port={}", address.getHostAddress(), port());
        }
    }

    private Channel bind(InetSocketAddress address) {
        int largest = Math.max(
                REQUEST_BYTES, allowsWrites && settings.singlePort() ? settings.maxBlockSizeBytes() + SPARE_BYTES : 0);
        int batch = Math.max(1, Math.min(BATCH, LARGEST_BATCH_BYTES / largest));
        Bootstrap bootstrap = new Bootstrap()
                .group(transport.group())
                .channelFactory(() -> transport.channel(address.getAddress()))
                .option(ChannelOption.SO_RCVBUF, QUEUE_BYTES)
                .option(ChannelOption.SO_SNDBUF, QUEUE_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new Opening());
        if (transport.epoll()) {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, largest)
                    .option(
                            ChannelOption.RCVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(largest * batch).maxMessagesPerRead(batch));
        } else {
            bootstrap.option(
                    ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(largest).maxMessagesPerRead(batch));
        }
        return bootstrap.bind(address).awaitUninterruptibly().channel();
    }

    /** Puts in place what takes the datagrams, once the address is known. */
    private final class Opening extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.pipeline().replace(this, "listening", new Listening(transfers, context.channel()));
        }
    }

    /** The port that was bound. */
    public int port() {
        return ((InetSocketAddress) channels.get(0).localAddress()).getPort();
    }

    /** Refuses requests from now on with error 0 while transfers in flight go on, or takes them again. */
    public void setRefusing(boolean refusing) {
        transfers.refuse(refusing);
    }

    /** Transfers in flight and requests that wait for their answer. */
    public int inFlight() {
        return transfers.count().join();
    }

    /** Whether it listens. */
    public boolean isListening() {
        return !channels.isEmpty() && channels.stream().allMatch(Channel::isActive);
    }

    /** Stops at once. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Refuses requests, and gives transfers in flight this long to end; clients of the rest are told. */
    public void close(Duration patience) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            transfers.stop().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("Transfers in flight are ended");
        }
        transport.group().next().submit(transfers::abort).awaitUninterruptibly();
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        transport.close();
    }
}
