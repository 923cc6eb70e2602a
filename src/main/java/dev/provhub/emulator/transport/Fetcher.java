package dev.provhub.emulator.transport;

import dev.provhub.emulator.transport.HttpTransfer.Answer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Fetches and sends files as one phone does. Never blocks; {@link #close()} ends what runs. Thread-safe. */
public final class Fetcher implements Closeable {
    /** Not documented; Appendix A of the protocol reference chooses 5. */
    private static final int MOST_REDIRECTS = 5;
    /** Section 5.3: at most two tries with credentials. */
    private static final int MOST_LOGINS = 2;

    private static final int MOST_LINE_BYTES = 8 << 10;
    private static final int MOST_HEADER_BYTES = 16 << 10;
    private static final int PIECE_BYTES = 64 << 10;

    private final PhoneTls tls;
    private final PhoneLine line;
    private final OpenConnections connections = new OpenConnections();

    /** A fetcher of its own for each phone. */
    public Fetcher(PhoneTls tls, PhoneLine line) {
        this.tls = tls;
        this.line = line;
    }

    /** Gets one file. What the network or the server does is in the result; the future itself never fails. */
    public CompletableFuture<FetchResult> fetch(FetchRequest request, ServerName serverName) {
        return told(
                request.url(),
                request.url().scheme() == Scheme.TFTP ? tftp(request, false) : http(request, serverName, 0));
    }

    /** Sends one file: over HTTP as its upload says, over TFTP by a write request. */
    public CompletableFuture<FetchResult> send(FetchRequest request, ServerName serverName) {
        return told(
                request.url(),
                request.url().scheme() == Scheme.TFTP ? tftp(request, true) : http(request, serverName, 0));
    }

    private static CompletableFuture<FetchResult> told(PhoneUrl url, CompletableFuture<FetchResult> work) {
        return work.exceptionally(problem -> failed(url, cause(problem)));
    }

    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }

    private static FetchResult failed(PhoneUrl url, Throwable problem) {
        String text = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        String what = problem instanceof SSLException ? "https" : url.scheme().text();
        return new FetchResult.Failed(what + "_get failed: " + text);
    }

    private CompletableFuture<FetchResult> tftp(FetchRequest request, boolean write) {
        return firstThatAnswers(
                request.url(), address -> new TftpTransfer(line, connections, request, write).run(address));
    }

    private CompletableFuture<FetchResult> http(FetchRequest request, ServerName serverName, int hop) {
        return withLogin(request, serverName, null, 0).thenCompose(answer -> {
            int status = answer.status();
            if (status != 301 && status != 302) {
                return CompletableFuture.completedFuture(
                        result(answer, request.upload().isPresent()));
            }
            if (hop == MOST_REDIRECTS) {
                return failed("more than " + MOST_REDIRECTS + " redirects");
            }
            Optional<PhoneUrl> next =
                    Optional.ofNullable(answer.headers().get("Location")).flatMap(new Location(request.url())::resolve);
            return next.isPresent()
                    ? http(request.at(next.get()), serverName, hop + 1)
                    : failed("status " + status + " without a usable Location");
        });
    }

    private static CompletableFuture<FetchResult> failed(String why) {
        return CompletableFuture.completedFuture(new FetchResult.Failed("http_get failed: " + why));
    }

    private CompletableFuture<Answer> withLogin(
            FetchRequest request, ServerName serverName, @Nullable String authorization, int tries) {
        return firstThatAnswers(request.url(), address -> exchange(request, serverName, authorization, address))
                .thenCompose(answer -> {
                    boolean asked = answer.status() == 401 || answer.status() == 407;
                    if (!asked || request.login().isEmpty() || tries == MOST_LOGINS) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    String method =
                            request.upload().map(FetchRequest.Upload::method).orElse("GET");
                    List<String> challenges =
                            answer.headers().getAll(answer.status() == 401 ? "WWW-Authenticate" : "Proxy-Authenticate");
                    String login = HttpLogin.of(request.login().get())
                            .answer(challenges, method, request.url().path());
                    return withLogin(request, serverName, login, tries + 1);
                });
    }

    private static FetchResult result(Answer answer, boolean upload) {
        FetchResult.Body body = answer.body();
        if (body != null && (answer.status() == 200 || (upload && answer.status() / 100 == 2))) {
            return body;
        }
        return answer.status() == 404
                ? new FetchResult.NotFound()
                : new FetchResult.Failed("http_get failed: status " + answer.status());
    }

    /** Tries all addresses of the host in turn; what answers badly has answered. */
    private <T> CompletableFuture<T> firstThatAnswers(PhoneUrl url, Attempt<T> attempt) {
        return line.addresses(url.host(), url.port())
                .exceptionallyCompose(unknown ->
                        CompletableFuture.failedFuture(new UnknownHostException(url.host() + " is not known")))
                .thenCompose(addresses -> tryFrom(url, addresses, 0, attempt));
    }

    @FunctionalInterface
    private interface Attempt<T> {
        CompletableFuture<T> at(InetSocketAddress address);
    }

    private static <T> CompletableFuture<T> tryFrom(
            PhoneUrl url, List<InetSocketAddress> addresses, int index, Attempt<T> attempt) {
        if (index >= addresses.size()) {
            return CompletableFuture.failedFuture(new UnknownHostException(url.host() + " has no IPv4 address"));
        }
        CompletableFuture<T> one = attempt.at(addresses.get(index));
        return index + 1 == addresses.size()
                ? one
                : one.exceptionallyCompose(problem -> cause(problem) instanceof IOException
                        ? tryFrom(url, addresses, index + 1, attempt)
                        : CompletableFuture.failedFuture(problem));
    }

    private CompletableFuture<Answer> exchange(
            FetchRequest request, ServerName serverName, @Nullable String authorization, InetSocketAddress address) {
        try {
            connections.check();
            boolean secure = request.url().scheme() == Scheme.HTTPS;
            PhoneTls.Handshake handshake = secure ? tls.handshake(request.url(), serverName, line) : null;
            HttpTransfer transfer =
                    new HttpTransfer(request, authorization, handshake == null ? null : handshake::check);
            connect(address, new Pipeline(handshake, transfer)).addListener((ChannelFuture connected) -> {
                if (!connected.isSuccess()) {
                    transfer.answer().completeExceptionally(connected.cause());
                }
            });
            return transfer.answer();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ChannelFuture connect(InetSocketAddress address, Pipeline pipeline) {
        return new Bootstrap()
                .group(line.network().loops())
                .channel(PhoneNetwork.streams())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        line.timeouts().connect().toMillis())
                .handler(pipeline)
                .connect(address);
    }

    /** Phones take what small servers send: lines may end with a line feed alone. */
    private static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxChunkSize(PIECE_BYTES)
                .setStrictLineParsing(false);
    }

    /** What stands between the socket and a transfer. */
    private final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final PhoneTls.@Nullable Handshake handshake;
        private final HttpTransfer transfer;

        Pipeline(PhoneTls.@Nullable Handshake handshake, HttpTransfer transfer) {
            this.handshake = handshake;
            this.transfer = transfer;
        }

        @Override
        protected void initChannel(SocketChannel channel) throws IOException {
            connections.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            if (!line.quality().isPerfect()) {
                pipeline.addLast(new BadLine(line.quality(), line.chance()));
            }
            pipeline.addLast(new ReadTimeoutHandler(line.timeouts().read().toMillis(), TimeUnit.MILLISECONDS));
            if (handshake != null) {
                pipeline.addLast(handshake.handler(line.timeouts().read()));
            }
            pipeline.addLast(new HttpClientCodec(decoding(), false, false));
            pipeline.addLast(transfer);
        }
    }

    /** Pulls the plug: what runs fails, and nothing can be fetched afterwards. */
    @Override
    public void close() {
        connections.closeAll();
    }
}
