package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpEncoder;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All transfers in flight, by the client's address: a request that is sent again does not begin a second one. */
final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final int RECEIVE_BYTES = 1024;
    /** Of a flood not every request is a line in the log. */
    private static final int LOGGED_EVERY = 1000;
    /** Text mode changes the length, so the whole file must be translated first; phones never ask for it. */
    private static final long LARGEST_NETASCII_BYTES = 1024 * 1024;

    private final TftpServerSettings settings;
    private final Transport transport;
    private final TransferListener listener;
    private final Map<InetSocketAddress, Entry> inFlight = new ConcurrentHashMap<>();
    /** Those whose client has not yet been heard of again, oldest first. On the event loop alone. */
    private final Set<Entry> unheard = new LinkedHashSet<>();

    private long madeRoom;

    Transfers(TftpServerSettings settings, Transport transport, TransferListener listener) {
        this.settings = settings;
        this.transport = transport;
        this.listener = listener;
    }

    /** On the event loop. */
    void begin(
            TftpPacket.ReadRequest read,
            InetSocketAddress remote,
            InetSocketAddress local,
            TftpRequestHandler handler) {
        if (inFlight.containsKey(remote)) {
            return;
        }
        if (inFlight.size() >= settings.maxTransfers() && !makeRoom()) {
            LOG.debug("Request passed over, too many transfers remote={} limit={}", remote, settings.maxTransfers());
            return;
        }
        TftpRequest request = new TftpRequest(read.fileName(), read.mode(), remote, local);
        Entry entry = new Entry(request, read.options());
        inFlight.put(remote, entry);
        unheard.add(entry);
        try {
            handler.handle(request, entry);
        } catch (RuntimeException e) {
            LOG.error("Request handler failed remote={}", remote, e);
            entry.refuse(TftpErrorCode.NOT_DEFINED);
        }
    }

    /**
     * Ends the oldest transfer whose client has never been heard of again: it may have been asked for in somebody else's name,
     * and a client that is there answers within its round trip. Nobody is shut out for the address that a request bears.
     *
     * @return whether there is room for one more
     */
    private boolean makeRoom() {
        Iterator<Entry> oldest = unheard.iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            Transfer running = entry.transfer;
            if (inFlight.get(entry.request.remote()) != entry || (running != null && running.isHeard())) {
                oldest.remove();
            } else if (running != null && running.hasBegun()) {
                oldest.remove();
                running.giveUp();
                if (madeRoom++ % LOGGED_EVERY == 0) {
                    LOG.warn(
                            "Too many transfers, those never acknowledged are given up limit={} so far={}",
                            settings.maxTransfers(),
                            madeRoom);
                }
                return true;
            }
        }
        return inFlight.size() < settings.maxTransfers();
    }

    /** Waits for the end of what is in flight, then ends it. */
    void close(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (inFlight) {
            while (!inFlight.isEmpty() && System.nanoTime() < until) {
                try {
                    inFlight.wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        inFlight.values().forEach(Entry::abort);
    }

    /** On the event loop. */
    private void gone(Entry entry) {
        unheard.remove(entry);
        synchronized (inFlight) {
            inFlight.remove(entry.request.remote());
            inFlight.notifyAll();
        }
    }

    /** A request from its arrival to the end of its transfer. */
    private final class Entry implements TftpReply {
        private final TftpRequest request;
        private final Map<String, String> asked;
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile @Nullable Transfer transfer;

        Entry(TftpRequest request, Map<String, String> asked) {
            this.request = request;
            this.asked = asked;
        }

        @Override
        public void send(TftpContent content) {
            if (!answered.compareAndSet(false, true)) {
                close(content);
                return;
            }
            try {
                open(inItsMode(content));
            } catch (IOException e) {
                LOG.warn("Content cannot be sent remote={}", request.remote(), e);
                close(content);
                sendError(TftpErrorCode.NOT_DEFINED);
            }
        }

        private TftpContent inItsMode(TftpContent content) throws IOException {
            if (request.mode().equals("octet")) {
                return content;
            }
            if (content.size() > LARGEST_NETASCII_BYTES) {
                throw new IOException("too large for text mode: " + content.size() + " bytes");
            }
            ByteBuf whole = io.netty.buffer.Unpooled.buffer((int) content.size());
            content.read(0, (int) content.size(), whole);
            content.close();
            byte[] bytes = new byte[whole.readableBytes()];
            whole.readBytes(bytes);
            return TftpContent.of(Netascii.encode(bytes));
        }

        private void open(TftpContent content) {
            Options options = Options.forRead(asked, content.size(), settings);
            Transfer next = new Transfer(request, content, options, settings, this::ended);
            transfer = next;
            ChannelFuture bound = new Bootstrap()
                    .group(transport.group())
                    .channelFactory(transport.channels())
                    .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                    .handler(next)
                    .bind(new InetSocketAddress(request.local().getAddress(), 0));
            bound.addListener(future -> {
                if (!future.isSuccess()) {
                    LOG.error("No port for a transfer remote={}", request.remote(), future.cause());
                    close(content);
                    gone(this);
                }
            });
        }

        private void ended(TransferListener.Report report) {
            gone(this);
            listener.ended(report);
        }

        @Override
        public void refuse(TftpErrorCode code) {
            if (answered.compareAndSet(false, true)) {
                sendError(code);
            }
        }

        private void sendError(TftpErrorCode code) {
            ChannelFuture bound = new Bootstrap()
                    .group(transport.group())
                    .channelFactory(transport.channels())
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(new InetSocketAddress(request.local().getAddress(), 0));
            bound.addListener(future -> {
                Channel channel = bound.channel();
                if (future.isSuccess()) {
                    ByteBuf bytes = channel.alloc().directBuffer();
                    TftpEncoder.encode(code.packet(), bytes);
                    channel.writeAndFlush(new DatagramPacket(bytes, request.remote()));
                }
                channel.close();
                gone(this);
            });
        }

        void abort() {
            Transfer running = transfer;
            if (running != null) {
                transport.group().next().submit(running::abort).awaitUninterruptibly();
            }
        }

        private static void close(TftpContent content) {
            try {
                content.close();
            } catch (IOException e) {
                LOG.warn("Content cannot be closed", e);
            }
        }
    }
}
