package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneModel.TlsGeneration;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportIT {

    private static final char[] PASSWORD = "x".toCharArray();

    static {
        // Works only where this is the first class that touches TLS; the test of the legacy generation looks
        Security.setProperty(
                "jdk.tls.disabledAlgorithms",
                Arrays.stream(Security.getProperty("jdk.tls.disabledAlgorithms").split(","))
                        .filter(name -> !name.strip().startsWith("TLSv1"))
                        .collect(Collectors.joining(",")));
    }

    @TempDir
    Path folder;

    private static KeyStore store(KeyAndChain pair) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("k", pair.key(), PASSWORD, pair.chain().toArray(new Certificate[0]));
        return store;
    }

    private static SSLServerSocket serverSocket(KeyAndChain pair, X509Certificate trusted) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store(pair), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.2", "TLSv1.3"});
        socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
        socket.setNeedClientAuth(true);
        return socket;
    }

    /** Answers one request and returns the subject of who asked. */
    private static String serveOne(SSLServerSocket server) throws IOException {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) in.read());
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @ParameterizedTest
    @CsvSource({"LEGACY, TLSv1", "MODERN, TLSv1.3"})
    void get_mutualTls_certificateShownAndGenerationSpoken(TlsGeneration generation, String protocol) throws Exception {
        SSLContext old = SSLContext.getInstance("TLSv1");
        old.init(null, null, null);
        assumeTrue(
                List.of(old.getDefaultSSLParameters().getProtocols()).contains("TLSv1"),
                "needs a JVM that allows TLSv1");
        HubCertificates certificates = HubCertificates.open(folder, Clock.systemUTC(), new SecureRandom());
        KeyAndChain device = certificates.issueDevice(MacAddress.parse("000e08aabbcc"), "88012BA01234", "SPA-942");
        PhoneTls tls = PhoneTls.of(List.of(certificates.authority()), store(device), PASSWORD);
        try (SSLServerSocket server =
                serverSocket(certificates.server("server", "hub.example.net"), certificates.authority())) {
            CompletableFuture<String> subject = CompletableFuture.supplyAsync(() -> subject(server));
            ConnectVia via = (host, port) -> new InetSocketAddress("127.0.0.1", server.getLocalPort());
            Transport.Fetched fetched = new HttpTransport(via, new TlsSockets(generation, tls))
                    .get(PhoneUrl.parse("https://hub.example.net/b"), "agent", socket -> {});
            assertThat(fetched.body()).isEqualTo(new byte[] {'o', 'k'});
            assertThat(fetched.tlsProtocol()).isEqualTo(protocol);
            assertThat(subject.get()).contains("OU=SPA-942");
        }
    }

    private static String subject(SSLServerSocket server) {
        try {
            return serveOne(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void get_serverOfAnotherNameOrCa_refused() throws Exception {
        HubCertificates certificates = HubCertificates.open(folder, Clock.systemUTC(), new SecureRandom());
        KeyAndChain pair = certificates.server("server", "hub.example.net");
        KeyAndChain device = certificates.issueDevice(MacAddress.parse("000e08aabbcc"), "88012BA01234", "SPA-942");
        for (PhoneTls tls :
                List.of(PhoneTls.of(List.of(certificates.authority()), store(device), PASSWORD), PhoneTls.none())) {
            try (SSLServerSocket server = serverSocket(pair, certificates.authority())) {
                CompletableFuture.runAsync(() -> subject(server));
                ConnectVia via = (host, port) -> new InetSocketAddress("127.0.0.1", server.getLocalPort());
                HttpTransport http = new HttpTransport(via, new TlsSockets(TlsGeneration.MODERN, tls));
                assertThatThrownBy(() -> http.get(PhoneUrl.parse("https://other.example.net/b"), "a", s -> {}))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void get_tftp_leadingSlashKeptAndUnknownNameTold() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> serveTftp(server));
            ConnectVia via = (host, port) -> new InetSocketAddress("127.0.0.1", server.getLocalPort());
            TftpTransport tftp = new TftpTransport(via);
            assertThat(tftp.get(PhoneUrl.parse("tftp://h/spa942.cfg"), "", s -> {})
                            .body())
                    .asString()
                    .isEqualTo("/spa942.cfg");
            assertThatThrownBy(() -> tftp.get(PhoneUrl.parse("tftp://h/missing"), "", s -> {}))
                    .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.isFileNotFound())
                            .isTrue());
        }
    }

    /** Sends the name back as the content of the file, or error 1. */
    private static void serveTftp(DatagramSocket server) {
        byte[] buffer = new byte[600];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                String name = new String(buffer, 2, packet.getLength() - 2, StandardCharsets.US_ASCII);
                name = name.substring(0, name.indexOf('\0'));
                String answer = name.equals("/missing") ? "\0\5\0\1no\0" : "\0\3\0\1" + name;
                byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
                // A transfer has a port of its own, RFC 1350 section 4
                try (DatagramSocket transfer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                    transfer.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                    transfer.setSoTimeout(500);
                    transfer.receive(packet);
                } catch (SocketTimeoutException nobodyAcknowledgesAnError) {
                    continue;
                }
            }
        } catch (IOException closed) {
            return;
        }
    }
}
