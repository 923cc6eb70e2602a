package dev.provhub.emulator.sip;

import dev.provhub.emulator.transport.DigestChallenge;
import dev.provhub.emulator.transport.PhoneNetwork;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hears NOTIFY over UDP and TCP on one port until it is closed. A request that comes again gets the same answer and does nothing
 * more.
 */
public final class NotifyListener implements AutoCloseable {
    private static final int MOST_REMEMBERED = 32;
    /** A port that is free for datagrams may be taken for connections. */
    private static final int TRIES = 20;

    private final NotifyOwner owner;
    private final DigestChallenge challenge = new DigestChallenge("phone", random(), "", true);
    private final Map<String, byte[]> answers = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private final Channel datagrams;
    private final Channel streams;

    private NotifyListener(NotifyOwner owner, PhoneNetwork network, InetSocketAddress address) throws IOException {
        this.owner = owner;
        this.datagrams = new Bootstrap()
                .group(network.loops())
                .channel(PhoneNetwork.datagrams())
                .handler(new Datagrams())
                .bind(address)
                .syncUninterruptibly()
                .channel();
        ChannelFuture listening = new ServerBootstrap()
                .group(network.loops())
                .channel(PhoneNetwork.servers())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.pipeline().addLast(new SipFrames()).addLast(new Streams());
                    }
                })
                .bind(address())
                .awaitUninterruptibly();
        this.streams = listening.channel();
        if (!listening.isSuccess()) {
            datagrams.close().awaitUninterruptibly();
            throw new IOException("TCP " + address(), listening.cause());
        }
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 for any
     * @throws IOException when it is taken
     */
    public static NotifyListener open(NotifyOwner owner, PhoneNetwork network, InetSocketAddress address)
            throws IOException {
        for (int left = address.getPort() == 0 ? TRIES : 1; ; left--) {
            try {
                return new NotifyListener(owner, network, address);
            } catch (Exception e) {
                // Netty throws the checked exception of a socket without saying so
                if (left == 1) {
                    throw new IOException("SIP cannot listen on " + address, e);
                }
            }
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) datagrams.localAddress();
    }

    @Override
    public void close() {
        datagrams.close();
        streams.close();
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            byte[] answer = answer(ByteBufUtil.getBytes(packet.content()));
            if (answer != null) {
                ctx.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(answer), packet.sender()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The next datagram may be better
        }
    }

    private final class Streams extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf message) {
            byte[] answer = answer(ByteBufUtil.getBytes(message));
            if (answer != null) {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(answer));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Null for what needs none. */
    private byte @Nullable [] answer(byte[] message) {
        Optional<SipRequest> request = SipRequest.parse(message).filter(SipRequest::isComplete);
        if (request.isEmpty() || request.get().method().equals("ACK")) {
            return null;
        }
        return answers.computeIfAbsent(request.get().transaction(), sentAgain -> answer(request.get()));
    }

    private byte[] answer(SipRequest request) {
        if (request.method().equals("OPTIONS")) {
            return request.response(200, "OK", random(), "Allow: NOTIFY, OPTIONS");
        }
        if (!request.method().equals("NOTIFY")) {
            return request.response(405, "Method Not Allowed", random(), "Allow: NOTIFY, OPTIONS");
        }
        String event = request.header("event").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        Outcome outcome = outcome(request, event);
        owner.answered("NOTIFY " + event, outcome.status() + " " + outcome.reason());
        return outcome.status() == 401
                ? request.response(
                        401,
                        outcome.reason(),
                        random(),
                        "WWW-Authenticate: Digest realm=\"" + challenge.realm() + "\", nonce=\"" + challenge.nonce()
                                + "\", algorithm=MD5, qop=\"auth\"")
                : request.response(outcome.status(), outcome.reason(), random());
    }

    private record Outcome(int status, String reason) {}

    private Outcome outcome(SipRequest request, String event) {
        if (!owner.hears(event)) {
            return new Outcome(403, "Forbidden");
        }
        Optional<NotifyOwner.Login> login = owner.loginFor(request.user());
        if (login.isPresent() && !isKnown(request, login.get())) {
            return new Outcome(401, "Unauthorized");
        }
        return owner.notified(event, request.body()) ? new Outcome(200, "OK") : new Outcome(489, "Bad Event");
    }

    private boolean isKnown(SipRequest request, NotifyOwner.Login login) {
        return request.all("authorization").stream()
                .anyMatch(answer -> challenge.accepts(answer, login.user(), login.password(), "NOTIFY"));
    }
}
