package dev.provhub.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ListenerGuard;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the socket, byte for byte. */
class DeviceListenerIT {
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static int port;

    @TempDir
    private static Path folder;

    private static Path image;

    @BeforeAll
    static void listen() throws Exception {
        image = Files.writeString(folder.resolve("image.bin"), "0123456789");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CONTEXT.getRegistry().bind("front", new DeviceFront(ListenerGuard.DEFAULT, none -> {}));
        CONTEXT.getRegistry().bind("binding", new DeviceHttpBinding());
        CONTEXT.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jetty:http://127.0.0.1:" + port
                                + "/?matchOnUriPrefix=true&handlers=#front&httpBinding=#binding&enableMultipartFilter=false")
                        .process(answer());
            }
        });
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    private static Processor answer() {
        return exchange -> {
            String path = exchange.getIn().getHeader(Exchange.HTTP_URI, String.class);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(null);
            if (path.equals("/fails")) {
                throw new IllegalStateException("secret inside");
            }
            if (path.equals("/image.bin")) {
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/octet-stream");
                exchange.getMessage().setBody(image.toFile());
            } else if (path.endsWith(".cfg")) {
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/xml");
                exchange.getMessage().setBody(("path " + path).getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    @Test
    void get_known_isNothingButLengthTypeAndDate() throws Exception {
        String answer =
                RawHttp.exchange(port, "GET /spa942.cfg HTTP/1.1\r\nHost: h\r\nX-Echo: e\r\nConnection: close\r\n\r\n");

        assertThat(RawHttp.withoutDate(answer)).isEqualTo("""
                HTTP/1.1 200 OK\r
                Date: *\r
                Content-Type: text/xml\r
                Content-Length: 16\r
                Connection: close\r
                \r
                path /spa942.cfg""");
    }

    @Test
    void head_known_hasTheLengthAndNoBody() throws Exception {
        String answer = RawHttp.exchange(port, "HEAD /spa942.cfg HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(RawHttp.withoutDate(answer))
                .isEqualTo(
                        "HTTP/1.1 200 OK\r\nDate: *\r\nContent-Type: text/xml\r\nContent-Length: 16\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /unknown HTTP/1.1",
                "DELETE /spa942.cfg HTTP/1.1",
                "OPTIONS /spa942.cfg HTTP/1.1",
                "TRACE /spa942.cfg HTTP/1.1",
                "PROPFIND / HTTP/1.1",
                "GET / HTTP/1.1"
            })
    void unknown_whateverItIs_isTheSameBare404(String requestLine) throws Exception {
        String answer = RawHttp.exchange(port, requestLine + "\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(RawHttp.withoutDate(answer))
                .isEqualTo("HTTP/1.1 404 Not Found\r\nDate: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", "a"})
    void post_withWhateverBody_isAnsweredLikeAGet(String contentType) throws Exception {
        String answer = RawHttp.exchange(
                port,
                "POST /spa942.cfg HTTP/1.1\r\nHost: h\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\n%x&");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\npath /spa942.cfg");
    }

    @Test
    void failure_inTheRoute_isABare503() throws Exception {
        String answer = RawHttp.exchange(port, "GET /fails HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(RawHttp.withoutDate(answer))
                .isEqualTo(
                        "HTTP/1.1 503 Service Unavailable\r\nDate: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "//spa504G.cfg, /spa504G.cfg",
        "///spa504G.cfg, /spa504G.cfg",
        "/p/dir//v/profile.cfg, /p/dir//v/profile.cfg",
        "/p/dir///profile.cfg, /p/dir///profile.cfg"
    })
    void path_withEmptySegments_isTakenAsPhonesSendIt(String sent, String seen) throws Exception {
        String answer = RawHttp.exchange(port, "GET " + sent + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer).endsWith("\r\n\r\npath " + seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/9.9\r\nHost: h\r\n\r\n"
            })
    void nonsense_getsNoPageOfTheServer(String request) throws Exception {
        String answer = RawHttp.exchange(port, request);

        assertThat(answer)
                .startsWith("HTTP/1.1 ")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain("<");
        assertThat(answer).endsWith("\r\n\r\n");
    }

    @Test
    void header_tooLong_isRefusedWithoutAPage() throws Exception {
        String answer = RawHttp.exchange(
                port, "GET /x HTTP/1.1\r\nHost: h\r\nX-Long: " + "a".repeat(20_000) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 431 ")
                .doesNotContainIgnoringCase("jetty")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=2-4     | HTTP/1.1 206 Partial Content       | Content-Range: bytes 2-4/10 | 234
            bytes=7-      | HTTP/1.1 206 Partial Content       | Content-Range: bytes 7-9/10 | 789
            bytes=-2      | HTTP/1.1 206 Partial Content       | Content-Range: bytes 8-9/10 | 89
            bytes=8-99    | HTTP/1.1 206 Partial Content       | Content-Range: bytes 8-9/10 | 89
            bytes=5-3     | HTTP/1.1 200                       | Content-Length: 10          | 0123456789
            bytes=10-     | HTTP/1.1 416                       | Content-Range: bytes */10   |
            bytes=0-      | HTTP/1.1 200 OK                    | Content-Length: 10          | 0123456789
            bytes=1-2,4-5 | HTTP/1.1 200 OK                    | Content-Length: 10          | 0123456789
            lines=1-2     | HTTP/1.1 200 OK                    | Content-Length: 10          | 0123456789
            """)
    void range_ofAFile_isThatPieceOrAllOfIt(String range, String status, String header, @Nullable String body)
            throws Exception {
        String answer = RawHttp.exchange(
                port, "GET /image.bin HTTP/1.1\r\nHost: h\r\nRange: " + range + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith(status)
                .contains(header + "\r\n")
                .endsWith("\r\n\r\n" + (body == null ? "" : body));
    }

    @Test
    void head_ofAFile_hasTheLengthAndNoBody() throws Exception {
        String answer = RawHttp.exchange(port, "HEAD /image.bin HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer).contains("Content-Length: 10\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void http10_withoutHost_isServed() throws Exception {
        assertThat(RawHttp.exchange(port, "GET /spa942.cfg HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\npath /spa942.cfg");
    }
}
