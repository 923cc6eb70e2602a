package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All files that are being written, by the client's address. On the event loop, but for {@link #close}. */
final class Writes {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    private static final int HEADER_BYTES = 4;

    private final TftpServerSettings settings;
    private final Transport transport;
    private final TftpWriteHandler handler;
    private final TransferListener listener;
    /** Oldest first. */
    private final Map<InetSocketAddress, Port> inFlight = new LinkedHashMap<>();

    Writes(TftpServerSettings settings, Transport transport, TftpWriteHandler handler, TransferListener listener) {
        this.settings = settings;
        this.transport = transport;
        this.handler = handler;
        this.listener = listener;
    }

    /**
     * Takes a request.
     *
     * @return what is wrong with it; null when it was taken or passed over
     */
    @Nullable
    TftpErrorCode begin(TftpPacket.WriteRequest write, InetSocketAddress remote, InetSocketAddress local) {
        Port known = inFlight.get(remote);
        if (known != null && known.requestedAgain(write)) {
            return null;
        }
        TftpRequest request = new TftpRequest(write.fileName(), write.mode(), remote, local);
        if (!handler.accepts(request)) {
            return TftpErrorCode.ACCESS_VIOLATION;
        }
        if (Options.announcedBytes(write.options()) > settings.maxWriteBytes()) {
            return TftpErrorCode.DISK_FULL;
        }
        if (inFlight.size() >= settings.maxWrites() && !makeRoom()) {
            LOG.debug("Write passed over, too many of them remote={} limit={}", remote, settings.maxWrites());
            return null;
        }
        Port port = new Port(write, request);
        inFlight.put(remote, port);
        port.open();
        return null;
    }

    /** Ends the oldest that has only its last ACK to repeat, else the oldest of which no block has come. */
    private boolean makeRoom() {
        for (boolean done : new boolean[] {true, false}) {
            Iterator<Port> oldest = inFlight.values().iterator();
            while (oldest.hasNext()) {
                Port port = oldest.next();
                if (done ? port.isDallying() : port.isUnheard()) {
                    oldest.remove();
                    port.giveUp();
                    return true;
                }
            }
        }
        return false;
    }

    /** Waits for the end of what is in flight, then ends it. From another thread. */
    void close(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (busy() && System.nanoTime() < until) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        transport
                .group()
                .next()
                .submit(() -> new ArrayList<>(inFlight.values()).forEach(Port::abort))
                .awaitUninterruptibly();
    }

    private boolean busy() {
        return transport
                .group()
                .next()
                .submit(() -> inFlight.values().stream().anyMatch(port -> !port.isDallying()))
                .awaitUninterruptibly()
                .getNow();
    }

    /** The port of one transfer (RFC 1350, section 4). */
    private final class Port extends SimpleChannelInboundHandler<DatagramPacket> implements Line, Reception.Owner {
        private final TftpPacket.WriteRequest write;
        private final TftpRequest request;
        private final Options options;
        private @Nullable Channel channel;
        private @Nullable Reception reception;
        private @Nullable ScheduledFuture<?> timer;

        Port(TftpPacket.WriteRequest write, TftpRequest request) {
            this.write = write;
            this.request = request;
            this.options = Options.forWrite(write.options(), settings);
        }

        void open() {
            ChannelFuture bound = new Bootstrap()
                    .group(transport.group())
                    .channelFactory(transport.channels())
                    .option(
                            ChannelOption.RCVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(options.blockSizeBytes() + HEADER_BYTES + 1))
                    .handler(this)
                    .bind(new InetSocketAddress(request.local().getAddress(), 0));
            bound.addListener(future -> {
                if (!future.isSuccess()) {
                    LOG.error("No port for a transfer remote={}", request.remote(), future.cause());
                    inFlight.remove(request.remote(), this);
                }
            });
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            long now = System.nanoTime();
            Reception begun = new Reception(request, options, settings, this, this, now);
            reception = begun;
            begun.begin(now);
            schedule();
        }

        /** Whether it is the same transfer; not when the client has ended one and begins another. */
        boolean requestedAgain(TftpPacket.WriteRequest again) {
            Reception running = reception;
            if (running == null) {
                return true;
            }
            boolean unheard = !running.isHeard() && again.equals(write);
            if (unheard) {
                running.requestedAgain(System.nanoTime());
            }
            return unheard || running.state() == Reception.State.ASKING;
        }

        boolean isUnheard() {
            return reception != null && !reception.isHeard();
        }

        boolean isDallying() {
            return reception != null && reception.state() == Reception.State.DALLYING;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            if (!datagram.sender().equals(request.remote())) {
                // RFC 1350, section 4: a stranger is told, the transfer goes on.
                ByteBuf bytes = alloc().directBuffer();
                TftpEncoder.encode(TftpErrorCode.UNKNOWN_TRANSFER.packet(), bytes);
                context.writeAndFlush(new DatagramPacket(bytes, datagram.sender()), context.voidPromise());
            } else if (reception != null) {
                reception.take(datagram.content(), System.nanoTime());
                closeWhenOver();
            }
        }

        private void schedule() {
            Channel open = channel;
            if (open != null && reception != null) {
                long wait = Math.max(1, reception.deadlineNanos() - System.nanoTime());
                timer = open.eventLoop().schedule(this::wake, wait, TimeUnit.NANOSECONDS);
            }
        }

        private void wake() {
            if (reception == null || reception.state() == Reception.State.OVER) {
                return;
            }
            if (reception.deadlineNanos() - System.nanoTime() <= 0) {
                reception.silence(System.nanoTime());
            }
            if (!closeWhenOver()) {
                schedule();
            }
        }

        private boolean closeWhenOver() {
            if (reception == null || reception.state() != Reception.State.OVER) {
                return false;
            }
            if (timer != null) {
                timer.cancel(false);
            }
            inFlight.remove(request.remote(), this);
            if (channel != null) {
                channel.close();
            }
            return true;
        }

        void giveUp() {
            if (reception != null) {
                reception.giveUp(System.nanoTime());
                closeWhenOver();
            }
        }

        void abort() {
            if (reception != null) {
                reception.abort(System.nanoTime());
                closeWhenOver();
            }
        }

        @Override
        public ByteBufAllocator alloc() {
            return channel == null ? ByteBufAllocator.DEFAULT : channel.alloc();
        }

        @Override
        public void send(ByteBuf packet) {
            if (channel == null) {
                packet.release();
            } else {
                channel.writeAndFlush(new DatagramPacket(packet, request.remote()), channel.voidPromise());
            }
        }

        @Override
        public void complete(byte[] bytes) {
            Answer answer = new Answer(this);
            try {
                handler.written(request, bytes, answer);
            } catch (RuntimeException e) {
                LOG.error("Write handler failed remote={}", request.remote(), e);
                answer.refuse(TftpErrorCode.NOT_DEFINED);
            }
        }

        /** On the event loop, later. */
        private void answered(@Nullable TftpErrorCode refusal) {
            Reception running = reception;
            if (running == null) {
                return;
            }
            long now = System.nanoTime();
            if (refusal == null) {
                running.accept(now);
            } else {
                running.refuse(refusal, now);
            }
            closeWhenOver();
        }

        @Override
        public void ended(TransferListener.Report report) {
            listener.ended(report);
        }

        /** An ICMP answer, for one: the timer finds out whether the client is still there. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("Transfer channel reports remote={}", request.remote(), cause);
        }
    }

    /** Brings what becomes of a file back to the event loop. */
    private record Answer(Port port) implements TftpWriteReply {
        @Override
        public void accept() {
            hand(null);
        }

        @Override
        public void refuse(TftpErrorCode code) {
            hand(code);
        }

        private void hand(@Nullable TftpErrorCode refusal) {
            Channel channel = port.channel;
            if (channel == null) {
                return;
            }
            try {
                channel.eventLoop().execute(() -> port.answered(refusal));
            } catch (RejectedExecutionException e) {
                LOG.debug("File was answered after the server had stopped remote={}", port.request.remote());
            }
        }
    }
}
