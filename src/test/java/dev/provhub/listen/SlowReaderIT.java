package dev.provhub.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ListenerGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes an answer in drops holds a thread of the listener, and loses it. */
class SlowReaderIT {
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static final int SIZE_BYTES = 32 * 1024 * 1024;
    private static int port;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void listen() throws Exception {
        Path image = Files.write(folder.resolve("image.bin"), new byte[SIZE_BYTES]);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ListenerGuard impatient = new ListenerGuard(Duration.ofSeconds(1), List.of(), false, 0, 0);
        CONTEXT.getRegistry().bind("front", new DeviceFront(impatient, none -> {}));
        CONTEXT.getRegistry().bind("binding", new DeviceHttpBinding());
        CONTEXT.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jetty:http://127.0.0.1:" + port
                                + "/?matchOnUriPrefix=true&handlers=#front&httpBinding=#binding&enableMultipartFilter=false")
                        .process(exchange -> exchange.getMessage().setBody(image.toFile()));
            }
        });
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    private static Socket asking() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void answer_takenInDrops_endsBeforeItsEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Socket socket = asking()) {
            for (int i = 0; i < 60; i++) {
                assertThat(socket.getInputStream().read()).isNotNegative();
                assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }
            byte[] buffer = new byte[65536];
            long rest = 0;
            try {
                for (int n = socket.getInputStream().read(buffer);
                        n >= 0;
                        n = socket.getInputStream().read(buffer)) {
                    rest += n;
                }
            } catch (IOException reset) {
                assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
            }
            assertThat(rest).isLessThan(SIZE_BYTES / 2);
        }
    }

    @Test
    void answer_takenSlowlyButSteadily_isWhole() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Socket socket = asking()) {
            long taken = 0;
            byte[] buffer = new byte[65536];
            for (int i = 0; i < 50; i++) {
                taken += socket.getInputStream().readNBytes(buffer, 0, buffer.length);
                assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
            }
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                taken += n;
            }
            assertThat(taken).isGreaterThan(SIZE_BYTES);
        }
    }
}
