package dev.provhub.emulator.web;

import dev.provhub.emulator.transport.DigestChallenge;
import dev.provhub.emulator.transport.PhoneNetwork;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves a phone's pages over HTTP until it is closed. The administrator logs in by Digest once there is a password. */
public final class PhonePages implements AutoCloseable {
    private static final int LARGEST_BODY_BYTES = 1 << 20;
    private static final int PATIENCE_SECONDS = 30;
    private static final String ADMINISTRATOR = "admin";
    private static final Pattern LOGIN_IN_URL = Pattern.compile("&xuser=([^&]*)&xpassword=([^&]*)$");

    private static final Pattern OPTIONS = Pattern.compile("(?i)(?:\\[|%5B).*?(?:\\]|%5D)");
    private static final String XML_OBJECTS = "/CGI/Execute";
    /** Where a profile may be posted, whatever the path of the dump. */
    private static final String CONFIGURATION = "/admin/config.xml";

    private final PageOwner owner;
    private final DigestChallenge challenge = new DigestChallenge(
            "phone", HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()), "", true);
    private final Channel channel;

    private PhonePages(PageOwner owner, PhoneNetwork network, InetSocketAddress address) {
        this.owner = owner;
        this.channel = new ServerBootstrap()
                .group(network.loops())
                .channel(PhoneNetwork.servers())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection
                                .pipeline()
                                .addLast(new ReadTimeoutHandler(PATIENCE_SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(LARGEST_BODY_BYTES))
                                .addLast(new Visit());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    /**
     * Begins to serve.
     *
     * @param address port 0 for any
     * @throws IOException when it is taken
     */
    public static PhonePages open(PageOwner owner, PhoneNetwork network, InetSocketAddress address) throws IOException {
        try {
            return new PhonePages(owner, network, address);
        } catch (RuntimeException e) {
            // Netty throws the checked exception of the socket without saying so
            throw new IOException("pages cannot listen on " + address, e);
        }
    }

    /** Where they are. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close();
    }

    /** One connection's requests. */
    private final class Visit extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            String uri = request.uri();
            FullHttpResponse response = answer(request);
            owner.visited(
                    uri.replaceFirst("[?&].*$", ""),
                    response.status().code() + " " + response.status().reasonPhrase());
            response.headers().set("Content-Length", response.content().readableBytes());
            response.headers().set("Connection", "close");
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private FullHttpResponse answer(FullHttpRequest request) {
        if (!owner.isServing()) {
            return text(HttpResponseStatus.FORBIDDEN, "The web server is off");
        }
        String uri = LOGIN_IN_URL.matcher(request.uri()).replaceFirst("");
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        boolean open = path.equals(XML_OBJECTS) && owner.trustsXmlObjects();
        if (!open && !isAdministrator(request)) {
            FullHttpResponse refused = text(HttpResponseStatus.UNAUTHORIZED, "");
            refused.headers()
                    .set(
                            "WWW-Authenticate",
                            "Digest realm=\"" + challenge.realm() + "\", nonce=\"" + challenge.nonce()
                                    + "\", algorithm=MD5, qop=\"auth\"");
            return refused;
        }
        String query = question < 0 ? "" : rule(uri.substring(question + 1));
        return request.method().equals(HttpMethod.POST)
                ? posted(path, ByteBufUtil.getBytes(request.content()))
                : page(path, query);
    }

    private boolean isAdministrator(FullHttpRequest request) {
        String password = owner.administratorPassword();
        if (password.isEmpty()) {
            return true;
        }
        Matcher inUrl = LOGIN_IN_URL.matcher(request.uri());
        if (inUrl.find()) {
            return inUrl.group(1).equals(ADMINISTRATOR)
                    && decoded(inUrl.group(2)).equals(password);
        }
        String authorization = request.headers().get("Authorization", "");
        return challenge.accepts(
                authorization, ADMINISTRATOR, password, request.method().name());
    }

    /** A plus is a blank only inside the brackets of the options: a path may hold one of its own. */
    private static String rule(String query) {
        Matcher options = OPTIONS.matcher(query);
        int end = options.lookingAt() ? options.end() : 0;
        return decoded(query.substring(0, end)) + decoded(query.substring(end).replace("+", "%2B"));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private FullHttpResponse page(String path, String query) {
        if (path.equals(owner.dumpPath())) {
            return xml(owner.dump());
        }
        if (path.equals(owner.statusPath())) {
            return xml(owner.status());
        }
        return switch (path) {
            case "/", "/admin", "/admin/advanced" -> text(HttpResponseStatus.OK, "Virtual phone");
            case "/admin/resync" -> act(() -> owner.resync(query));
            case "/admin/upgrade" -> act(() -> owner.upgrade(query));
            case "/admin/reboot" -> act(owner::reboot);
            case "/admin/updateca" -> act(() -> owner.updateCa(query));
            default -> text(HttpResponseStatus.NOT_FOUND, "");
        };
    }

    private FullHttpResponse act(Runnable action) {
        if (!owner.takesActions()) {
            return text(HttpResponseStatus.FORBIDDEN, "Actions by URL are off");
        }
        action.run();
        return text(HttpResponseStatus.OK, "The phone will do so when it is idle");
    }

    private FullHttpResponse posted(String path, byte[] body) {
        if (path.equals(XML_OBJECTS)) {
            Optional<String> rule = XmlObject.resyncRule(new String(body, StandardCharsets.UTF_8));
            if (!owner.takesXmlObjects() || rule.isEmpty()) {
                return text(HttpResponseStatus.FORBIDDEN, "");
            }
            owner.resync(rule.get());
            return xml("<CiscoIPPhoneResponse><ResponseItem Status=\"0\" Data=\"\" URL=\"\"/></CiscoIPPhoneResponse>");
        }
        if (!path.equals(CONFIGURATION) && !path.equals(owner.dumpPath())) {
            return text(HttpResponseStatus.NOT_FOUND, "");
        }
        return owner.apply(body)
                ? text(HttpResponseStatus.OK, "Applied")
                : text(HttpResponseStatus.BAD_REQUEST, "Not a profile");
    }

    private static FullHttpResponse xml(String body) {
        FullHttpResponse response = text(HttpResponseStatus.OK, body);
        response.headers().set("Content-Type", "text/xml");
        return response;
    }

    private static FullHttpResponse text(HttpResponseStatus status, String body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set("Content-Type", "text/plain");
        return response;
    }
}
