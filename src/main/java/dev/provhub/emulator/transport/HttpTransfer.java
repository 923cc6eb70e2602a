package dev.provhub.emulator.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request and its response on a connection of their own, as phones do it. Ends by closing the connection. */
final class HttpTransfer extends SimpleChannelInboundHandler<HttpObject> {
    private final FetchRequest request;
    private final @Nullable String authorization;
    private final @Nullable ServerCheck serverCheck;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final BodyBuffer body;
    private @Nullable HttpResponse head;

    /**
     * What came back.
     *
     * @param body null for any status but one of success
     */
    record Answer(int status, HttpHeaders headers, FetchResult.@Nullable Body body) {}

    /** Looks at the server's certificate once the handshake is through. */
    @FunctionalInterface
    interface ServerCheck {
        CompletableFuture<Void> check(ChannelHandlerContext ctx);
    }

    /**
     * Not yet sent.
     *
     * @param authorization value of the header; null for none
     * @param serverCheck   null for a plain connection
     */
    HttpTransfer(FetchRequest request, @Nullable String authorization, @Nullable ServerCheck serverCheck) {
        this.request = request;
        this.authorization = authorization;
        this.serverCheck = serverCheck;
        this.body = new BodyBuffer(request.maxBytes(), request.sink());
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (serverCheck == null) {
            ctx.writeAndFlush(message());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ServerCheck check = serverCheck;
        if (check == null || !(event instanceof SslHandshakeCompletionEvent handshake)) {
            return;
        }
        if (!handshake.isSuccess()) {
            exceptionCaught(ctx, handshake.cause());
            return;
        }
        check.check(ctx)
                .whenCompleteAsync(
                        (nothing, refused) -> {
                            if (refused == null) {
                                ctx.writeAndFlush(message());
                            } else {
                                exceptionCaught(ctx, refused);
                            }
                        },
                        ctx.executor());
    }

    private FullHttpRequest message() {
        FetchRequest.Upload upload = request.upload().orElse(null);
        FullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                upload == null ? HttpMethod.GET : HttpMethod.valueOf(upload.method()),
                request.url().path().replace(" ", "%20"),
                upload == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(upload.body()));
        HttpHeaders headers = message.headers();
        headers.add("Host", request.url().authority());
        headers.add("User-Agent", request.userAgent());
        headers.add("Accept", "*/*");
        headers.add("Connection", "close");
        if (authorization != null) {
            headers.add("Authorization", authorization);
        }
        if (upload != null) {
            addIfSet(headers, "Content-Type", upload.contentType());
            addIfSet(headers, "Content-Encoding", upload.encoding());
            headers.add("Content-Length", upload.body().length);
        }
        return message;
    }

    private static void addIfSet(HttpHeaders headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            throw new IOException("answer is not HTTP/1.x");
        }
        if (part instanceof HttpResponse response) {
            begin(ctx, response);
        }
        if (part instanceof HttpContent content && head != null) {
            body.add(content.content());
            if (part instanceof LastHttpContent) {
                end(ctx, head);
            }
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpResponse response) throws IOException {
        int status = response.status().code();
        if (!response.protocolVersion().protocolName().equals("HTTP")) {
            throw new IOException("answer is not HTTP/1.x");
        }
        if (status / 100 == 1) {
            return;
        }
        if (status / 100 != 2) {
            finish(ctx, new Answer(status, response.headers(), null));
            return;
        }
        body.checkSize(HttpUtil.getContentLength(response, 0L));
        head = response;
    }

    private void end(ChannelHandlerContext ctx, HttpResponse response) {
        String encoding = response.headers().get("Content-Encoding", "");
        finish(ctx, new Answer(response.status().code(), response.headers(), body.body(encoding, request.url())));
    }

    private void finish(ChannelHandlerContext ctx, Answer whole) {
        answer.complete(whole);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        answer.completeExceptionally(new EOFException("answer breaks off"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        answer.completeExceptionally(named(cause));
        ctx.close();
    }

    private static Throwable named(Throwable cause) {
        if (cause instanceof ReadTimeoutException) {
            return new IOException("no answer in time");
        }
        // Netty wraps what TLS complains of
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof SSLException) {
                return inner;
            }
        }
        return cause;
    }
}
