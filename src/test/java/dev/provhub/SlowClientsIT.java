package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.listen.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps a connection busy with next to nothing loses it, and nobody else notices. */
class SlowClientsIT {
    /** Between two drops; never idle, and never done. */
    private static final long DROP_MILLIS = 100;

    private static final int DROPS = 600;

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of("hub.header-timeout", "1"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** Sends a beginning, then a drop again and again, and says whether the hub closed the connection before the last drop. */
    private static boolean isClosedWhileDripping(Socket socket, String beginning, String drop) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < DROPS; i++) {
                socket.getOutputStream().write(drop.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                assertThat(never.await(DROP_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static Socket open(Door door) throws IOException {
        return door.sockets().createSocket("127.0.0.1", door.of(hub).port());
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void headers_inDrops_endTheConnection(Door door) throws Exception {
        try (Socket socket = open(door)) {
            assertThat(isClosedWhileDripping(socket, "GET /x HTTP/1.1\r\nHost: h\r\nX-A: ", "a"))
                    .isTrue();
        }
    }

    @Test
    void requestLine_inDrops_endsTheConnection() throws Exception {
        try (Socket socket = open(Door.HTTP)) {
            assertThat(isClosedWhileDripping(socket, "GET /", "a")).isTrue();
        }
    }

    @Test
    void headers_inDropsAfterAGoodRequest_endTheConnection() throws Exception {
        try (Socket socket = open(Door.HTTP)) {
            String good = "GET /rc HTTP/1.1\r\nHost: h\r\n\r\n";

            assertThat(isClosedWhileDripping(socket, good + good + "GET /rc HTTP/1.1\r\nX-A: ", "a"))
                    .isTrue();
        }
    }

    @Test
    void handshake_inDrops_endsTheConnection() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", Door.HTTPS.of(hub).port())) {
            // A TLS record of 16,000 bytes, the ClientHello in it never complete
            assertThat(isClosedWhileDripping(socket, "\u0016\u0003\u0001\u003e\u0080\u0001\0\u003e\u007c", "a"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmf-api/serviceOrdering/v4/serviceOrder HTTP/1.1\r\nContent-Length: 1000000",
                "/tmf-api/serviceOrdering/v4/serviceOrder HTTP/1.1\r\nTransfer-Encoding: chunked",
                "/api/v1/imports HTTP/1.1\r\nContent-Length: 1000000"
            })
    void body_inDrops_endsTheConnection(String target) throws Exception {
        try (Socket socket = open(Door.API)) {
            String beginning =
                    "POST " + target + "\r\nHost: h\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                            + hub.token() + "\r\n\r\n";

            assertThat(isClosedWhileDripping(socket, beginning, target.endsWith("chunked") ? "1\r\na\r\n" : "a"))
                    .isTrue();
        }
    }

    @Test
    void connection_idle_isClosedThoughKeptOpen() throws Exception {
        try (Socket silent = new Socket("127.0.0.1", Door.HTTP.of(hub).port());
                Socket served = open(Door.HTTP)) {
            served.getOutputStream().write("GET /rc HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            served.setSoTimeout(120_000);
            silent.setSoTimeout(120_000);

            assertThat(RawHttp.readToEnd(silent)).isEmpty();
            assertThat(RawHttp.readToEnd(served)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void goodPhone_whileManyDrip_isServed() throws Exception {
        List<Socket> dripping = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket socket = open(Door.HTTP);
                dripping.add(socket);
                socket.getOutputStream().write("GET /x HTTP/1.1\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(Door.HTTP.get(hub, "/spa508G.cfg", "")).contains("<flat-profile>");
            for (Socket socket : dripping) {
                socket.setSoTimeout(60_000);
                assertThat(RawHttp.readToEnd(socket)).doesNotContain("200");
            }
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }
}
