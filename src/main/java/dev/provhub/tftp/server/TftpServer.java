package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests on one UDP port and answers each from a port of its own, as RFC 1350 section 4 has it.
 *
 * <p>A socket bound to all addresses would answer from whichever the kernel likes, and a phone that asked at another takes
 * that for a stranger: for {@code 0.0.0.0} there is one socket for each address that the machine has when it starts.
 */
public final class TftpServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);
    private static final Set<String> MODES = Set.of("octet", "netascii");
    /** A datagram may be larger than a request, so that one that is too large is seen to be. */
    private static final int RECEIVE_BYTES = TftpPacket.MAX_REQUEST_BYTES + 64;
    /** A power failure brings a thousand phones in a second; asked of the kernel, which may give less. */
    private static final int RECEIVE_QUEUE_BYTES = 4 * 1024 * 1024;

    private final TftpServerSettings settings;
    private final TftpRequestHandler handler;
    private final Transfers transfers;
    private final @Nullable Writes writes;
    private final Transport transport;
    private final List<Channel> channels = new ArrayList<>();

    private TftpServer(
            TftpServerSettings settings,
            TftpRequestHandler handler,
            @Nullable TftpWriteHandler writeHandler,
            TransferListener listener) {
        this.settings = settings;
        this.handler = handler;
        this.transport = Transport.best();
        this.transfers = new Transfers(settings, transport, listener);
        this.writes = writeHandler == null ? null : new Writes(settings, transport, writeHandler, listener);
    }

    /**
     * Binds and serves.
     *
     * @param handler  asked for each request, on the event loop
     * @param listener hears how each transfer ended
     * @throws IOException naming address and port, when they cannot be had
     */
    public static TftpServer start(TftpServerSettings settings, TftpRequestHandler handler, TransferListener listener)
            throws IOException {
        return start(settings, handler, null, listener);
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
        TftpServer server = new TftpServer(settings, reads, writes, listener);
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
        for (InetAddress address : addresses()) {
            Channel channel = new Bootstrap()
                    .group(transport.group())
                    .channelFactory(transport.channels())
                    .option(ChannelOption.SO_RCVBUF, RECEIVE_QUEUE_BYTES)
                    .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                    .handler(new Requests())
                    .bind(new InetSocketAddress(address, port))
                    .awaitUninterruptibly()
                    .channel();
            if (!channel.isActive()) {
                throw new IOException("UDP " + address.getHostAddress() + ":" + port + " cannot be bound");
            }
            channels.add(channel);
            port = ((InetSocketAddress) channel.localAddress()).getPort();
        }
    }

    private List<InetAddress> addresses() throws IOException {
        InetAddress host = InetAddress.getByName(settings.host());
        if (!host.isAnyLocalAddress()) {
            return List.of(host);
        }
        List<InetAddress> all = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .toList();
        return all.isEmpty() ? List.of(host) : all;
    }

    /** The port that was bound. */
    public int port() {
        return ((InetSocketAddress) channels.get(0).localAddress()).getPort();
    }

    /** Stops at once. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Takes no further request, and gives transfers in flight this long to end; clients of the rest are told. */
    public void close(Duration patience) {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        transfers.close(patience);
        if (writes != null) {
            writes.close(patience);
        }
        transport.close();
    }

    private final class Requests extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            InetSocketAddress remote = datagram.sender();
            if (remote.getPort() == 0) {
                return;
            }
            try {
                take(context, TftpDecoder.decode(datagram.content()), remote);
            } catch (TftpDecoderException e) {
                LOG.debug("Datagram is no request remote={} reason={}", remote, e.getMessage());
                refuse(context, e.code(), remote);
            }
        }

        private void take(ChannelHandlerContext context, TftpPacket packet, InetSocketAddress remote) {
            if (packet instanceof TftpPacket.ReadRequest read && MODES.contains(read.mode())) {
                transfers.begin(
                        read, remote, (InetSocketAddress) context.channel().localAddress(), handler);
            } else if (packet instanceof TftpPacket.WriteRequest write
                    && (writes == null || MODES.contains(write.mode()))) {
                write(context, write, remote);
            } else if (packet instanceof TftpPacket.ReadRequest || packet instanceof TftpPacket.WriteRequest) {
                refuse(context, TftpErrorCode.ILLEGAL_OPERATION, remote);
            } else if (packet instanceof TftpPacket.Data data) {
                data.payload().release();
                refuse(context, TftpErrorCode.UNKNOWN_TRANSFER, remote);
            } else if (packet instanceof TftpPacket.Acknowledgement) {
                refuse(context, TftpErrorCode.UNKNOWN_TRANSFER, remote);
            }
            // An error is never answered with an error (RFC 1350, section 7).
        }

        private void write(ChannelHandlerContext context, TftpPacket.WriteRequest write, InetSocketAddress remote) {
            TftpErrorCode wrong = TftpErrorCode.ACCESS_VIOLATION;
            if (writes != null) {
                wrong = writes.begin(
                        write, remote, (InetSocketAddress) context.channel().localAddress());
            }
            if (wrong != null) {
                refuse(context, wrong, remote);
            }
        }

        private void refuse(ChannelHandlerContext context, TftpErrorCode code, InetSocketAddress remote) {
            ByteBuf bytes = context.alloc().directBuffer();
            TftpEncoder.encode(code.packet(), bytes);
            context.writeAndFlush(new DatagramPacket(bytes, remote), context.voidPromise());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("Request channel reports", cause);
        }
    }
}
