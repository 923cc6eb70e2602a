package dev.provhub.emulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.transport.FetchResult.Body;
import dev.provhub.emulator.transport.FetchResult.Failed;
import dev.provhub.emulator.transport.FetchResult.NotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherIT {
    private static final String AGENT = "Linksys/SPA-942-6.1.5(a) (88019FA42805)";
    private static final NetworkTimeouts SHORT = new NetworkTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final PhoneNetwork network = PhoneNetwork.open(1);
    private final Fetcher fetcher = fetcher(ConnectVia.DIRECT, SHORT);
    private ScriptedServer server;

    private Fetcher fetcher(ConnectVia via, NetworkTimeouts timeouts) {
        return new Fetcher(
                new PhoneTls(TlsGeneration.MODERN, null, List.of(), new CaFiles(), () -> Instant.EPOCH),
                new PhoneLine(network, via, timeouts, LineQuality.PERFECT, new Random(1)));
    }

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.plain();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        fetcher.close();
        network.close();
    }

    private FetchResult get(String path) {
        return fetch(
                fetcher, FetchRequest.get(new PhoneUrl(Scheme.HTTP, "127.0.0.1", server.port(), path), AGENT, 1000));
    }

    static FetchResult fetch(Fetcher fetcher, FetchRequest request) {
        return fetcher.fetch(request, ServerName.UNCHECKED).join();
    }

    private static String text(FetchResult result) {
        assertThat(result).isInstanceOf(Body.class);
        return new String(((Body) result).bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void fetch_get_sendsWhatAPhoneSends() {
        server.answering("/a?b=1", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello");

        assertThat(text(get("/a?b=1"))).isEqualTo("hello");
        assertThat(server.requests())
                .containsExactly(List.of(
                        "GET /a?b=1 HTTP/1.1",
                        "Host: 127.0.0.1:" + server.port(),
                        "User-Agent: " + AGENT,
                        "Accept: */*",
                        "Connection: close"));
    }

    @Test
    void fetch_chunksAndCloseDelimited_areJoined() {
        server.answering(
                "/chunks",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nT: u\r\n\r\n");
        server.answering("/old", "HTTP/1.0 200 OK\n\nto the end");
        server.answering("/continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

        assertThat(text(get("/chunks"))).isEqualTo("hello world");
        assertThat(text(get("/old"))).isEqualTo("to the end");
        assertThat(text(get("/continue"))).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "SSH-2.0-OpenSSH\r\n\r\n",
                ""
            })
    void fetch_brokenAnswer_fails(String answer) {
        server.answering("/a", answer);

        assertThat(get("/a")).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 303, 304, 307, 308, 400, 403, 405, 500, 503})
    void fetch_otherStatus_fails(int status) {
        server.answering("/a", "HTTP/1.1 " + status + " X\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");

        assertThat(get("/a")).isEqualTo(new Failed("http_get failed: status " + status));
    }

    @Test
    void fetch_missing_isNotFound() {
        assertThat(get("/none")).isInstanceOf(NotFound.class);
    }

    @Test
    void fetch_redirects_areFollowedFiveTimes() {
        for (int i = 0; i < 7; i++) {
            String next = i % 2 == 0 ? "/r" + (i + 1) : "http://127.0.0.1:" + server.port() + "/r" + (i + 1);
            int status = i % 2 == 0 ? 301 : 302;
            server.answering("/r" + i, "HTTP/1.1 " + status + " Moved\r\nLocation: " + next + "\r\n\r\n");
        }
        server.answering("/r7", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

        FetchResult five = get("/r2");
        assertThat(text(five)).isEqualTo("x");
        assertThat(((Body) five).url().path()).isEqualTo("/r7");
        assertThat(get("/r1")).isEqualTo(new Failed("http_get failed: more than 5 redirects"));
    }

    @Test
    void fetch_unauthorized_isTriedWithTheLoginTwice() {
        server.answering("/a", "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
        PhoneUrl url = new PhoneUrl(Scheme.HTTP, "127.0.0.1", server.port(), "/a");

        assertThat(fetch(
                        fetcher,
                        FetchRequest.get(url, AGENT, 10)
                                .with(FetchRequest.Upload.post("body"))
                                .withLogin(Optional.of("u:p"))))
                .isEqualTo(new Failed("http_get failed: status 401"));
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(0)).contains("POST /a HTTP/1.1").noneMatch(line -> line.startsWith("Auth"));
        assertThat(server.requests().get(2)).contains("Authorization: Basic dTpw");
    }

    @Test
    void fetch_connectVia_leavesTheHostAsItIs() throws IOException {
        server.answering("/a", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        InetSocketAddress there = new InetSocketAddress("127.0.0.1", server.port());
        try (Fetcher led =
                fetcher((host, port) -> host.equals("prov.example.net") && port == 80 ? there : null, SHORT)) {
            PhoneUrl url = PhoneUrl.parse("http://prov.example.net/a").orElseThrow();

            assertThat(text(fetch(led, FetchRequest.get(url, AGENT, 10)))).isEqualTo("x");
        }
        assertThat(server.requests().get(0)).contains("Host: prov.example.net");
    }

    @Test
    void close_whileTheServerIsSilent_endsTheFetch() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            PhoneUrl url = new PhoneUrl(Scheme.HTTP, "127.0.0.1", silent.getLocalPort(), "/a");
            CompletableFuture<FetchResult> fetch =
                    fetcher.fetch(FetchRequest.get(url, AGENT, 10), ServerName.UNCHECKED);
            silent.accept();

            fetcher.close();

            assertThat(fetch.get(2, TimeUnit.SECONDS)).isInstanceOf(Failed.class);
        }
    }

    /** The server answers from a new port (RFC 1350, section 4). */
    @Test
    void fetch_tftp_asksWithTheSlashAndJoinsBlocks() throws Exception {
        byte[] file = new byte[700];
        Arrays.fill(file, (byte) 'x');
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket asked = new DatagramSocket(0, loopback);
                DatagramSocket other = new DatagramSocket(0, loopback)) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serveTftp(asked, other, file));
            PhoneUrl url = new PhoneUrl(Scheme.TFTP, "127.0.0.1", asked.getLocalPort(), "/spa942.cfg");

            FetchResult result = fetch(fetcher, FetchRequest.get(url, AGENT, 1000));

            assertThat(text(result)).isEqualTo("x".repeat(700));
            assertThat(request.get(5, TimeUnit.SECONDS)).startsWith("\0\1/spa942.cfg\0octet\0");
        }
    }

    @Test
    void fetch_tftpServerSilent_fails() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                Fetcher impatient =
                        fetcher(ConnectVia.DIRECT, new NetworkTimeouts(Duration.ofMillis(50), Duration.ofMillis(50)))) {
            PhoneUrl url = new PhoneUrl(Scheme.TFTP, "127.0.0.1", silent.getLocalPort(), "/a");

            assertThat(fetch(impatient, FetchRequest.get(url, AGENT, 1000)))
                    .isEqualTo(new Failed("tftp_get failed: no answer"));
            assertThat(receive(silent).getLength()).as("it was asked").isPositive();
        }
    }

    @Test
    void fetch_tftpErrors_areToldApart() throws Exception {
        assertThat(tftpAnsweredBy("\0\5\0\1no\0")).isInstanceOf(NotFound.class);
        assertThat(tftpAnsweredBy("\0\5\0\2no\0")).isInstanceOf(Failed.class);
    }

    private FetchResult tftpAnsweredBy(String packet) throws IOException {
        try (DatagramSocket tftp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket transfer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                DatagramPacket request = receive(tftp);
                send(transfer, request, packet.getBytes(StandardCharsets.ISO_8859_1));
            });
            PhoneUrl url = new PhoneUrl(Scheme.TFTP, "127.0.0.1", tftp.getLocalPort(), "/a");
            FetchResult result = fetch(fetcher, FetchRequest.get(url, AGENT, 10));
            answered.join();
            return result;
        }
    }

    /** Two blocks, each acknowledged; gives the request. */
    private static String serveTftp(DatagramSocket listening, DatagramSocket socket, byte[] file) {
        DatagramPacket request = receive(listening);
        String asked = new String(request.getData(), 0, request.getLength(), StandardCharsets.ISO_8859_1);
        for (int block = 1; block <= 2; block++) {
            int from = (block - 1) * 512;
            byte[] data = Arrays.copyOfRange(file, from, Math.min(from + 512, file.length));
            byte[] packet = new byte[4 + data.length];
            packet[1] = 3;
            packet[3] = (byte) block;
            System.arraycopy(data, 0, packet, 4, data.length);
            send(socket, request, packet);
            DatagramPacket ack = receive(socket);
            assertThat(Arrays.copyOf(ack.getData(), 4)).isEqualTo(new byte[] {0, 4, 0, (byte) block});
        }
        return asked;
    }

    private static DatagramPacket receive(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[600], 600);
        try {
            socket.setSoTimeout(5000);
            socket.receive(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packet;
    }

    private static void send(DatagramSocket socket, DatagramPacket request, byte[] data) {
        try {
            socket.send(new DatagramPacket(data, data.length, request.getSocketAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
