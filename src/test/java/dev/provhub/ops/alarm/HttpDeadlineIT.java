package dev.provhub.ops.alarm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A receiver that answers without an end. */
class HttpDeadlineIT {
    private static final byte[] HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(US_ASCII);

    /** It says yes, and then a byte again and again, for as long as somebody listens. */
    private static void answerWithoutEnd(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(HEAD);
            while (true) {
                out.write('x');
                out.flush();
            }
        } catch (IOException e) {
            // Nobody listens any more
        }
    }

    @Test
    void answerWithoutAnEnd_isGivenUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpDeadline deadline = new HttpDeadline(Duration.ofMillis(500));
                DefaultCamelContext context = new DefaultCamelContext()) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answerWithoutEnd(server));
            context.getRegistry().bind("deadline", deadline);
            context.start();
            String uri = "http://127.0.0.1:" + server.getLocalPort()
                    + "?httpClientConfigurer=#deadline&ignoreResponseBody=true&disableStreamCache=true";

            CompletableFuture<?> sending = CompletableFuture.runAsync(() -> context.createProducerTemplate()
                    .send(uri, ExchangePattern.InOut, exchange -> exchange.getMessage()
                            .setBody("event")));

            answering.get(30, TimeUnit.SECONDS);
            sending.get(30, TimeUnit.SECONDS);
            assertThat(sending).isCompleted();
        }
    }
}
