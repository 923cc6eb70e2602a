package dev.provhub.tftp.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producer's transfer with a server that plays a bad network. */
class TftpClientIT {
    private static final String FULL = "x".repeat(512);
    /** Longer than a test may last: whoever waits for it has not seen what came before. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private DatagramSocket server;
    private SocketAddress client;

    @BeforeEach
    void open() throws Exception {
        server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        server.setSoTimeout(20_000);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private interface Work {
        byte[] with(TftpClient client) throws Exception;
    }

    private CompletableFuture<byte[]> begin(Duration timeout, Work work) {
        return CompletableFuture.supplyAsync(() -> {
            try (TftpClient opened = new TftpClient(server.getLocalAddress(), server.getLocalPort(), timeout, 2)) {
                return work.with(opened);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String receive() throws Exception {
        DatagramPacket datagram = new DatagramPacket(new byte[600], 600);
        server.receive(datagram);
        client = datagram.getSocketAddress();
        return new String(datagram.getData(), 0, datagram.getLength(), ISO_8859_1);
    }

    private static void send(DatagramSocket from, String latin1, SocketAddress to) throws Exception {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private void send(String latin1) throws Exception {
        send(server, latin1, client);
    }

    private static byte[] get(TftpClient client) throws Exception {
        return client.get("f", TFTP.BINARY_MODE, 1 << 20);
    }

    /** The server sends its block once more, sooner than the client would its ACK. */
    @Test
    void get_whoseAckIsLost_acknowledgesTheBlockAgain() throws Exception {
        CompletableFuture<byte[]> got = begin(LONG, TftpClientIT::get);
        assertThat(receive()).isEqualTo("\0\1f\0octet\0");
        send("\0\3\0\1" + FULL);
        assertThat(receive()).isEqualTo("\0\4\0\1");

        String again = "";
        server.setSoTimeout(100);
        for (int i = 0; i < 100 && again.isEmpty(); i++) {
            send("\0\3\0\1" + FULL);
            try {
                again = receive();
            } catch (java.net.SocketTimeoutException e) {
                // as a server does whose client is slow
            }
        }
        assertThat(again).isEqualTo("\0\4\0\1");
        send("\0\3\0\2end");
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo((FULL + "end").getBytes(ISO_8859_1));
    }

    /** What means nothing does not put off when a packet is sent again. */
    @Test
    void put_whoseBlockIsLost_sendsItAgainInTime_whateverElseComes() throws Exception {
        CompletableFuture<byte[]> put = begin(Duration.ofMillis(400), client -> {
            client.put("f", TFTP.BINARY_MODE, "abc".getBytes(ISO_8859_1));
            return new byte[0];
        });
        receive();
        send("\0\4\0\0");
        assertThat(receive()).isEqualTo("\0\3\0\1abc");

        String again = "";
        server.setSoTimeout(50);
        for (int i = 0; i < 200 && again.isEmpty(); i++) {
            send("\0\4\0\0");
            try {
                again = receive();
            } catch (java.net.SocketTimeoutException e) {
                // not yet
            }
        }
        assertThat(again).isEqualTo("\0\3\0\1abc");
        send("\0\4\0\1");
        put.get(20, TimeUnit.SECONDS);
    }

    @Test
    void stranger_isTold_butNotForAnError_andNothingOfItEndsTheTransfer() throws Exception {
        CompletableFuture<byte[]> got = begin(LONG, TftpClientIT::get);
        receive();
        send("\0\3\0\1" + FULL);
        receive();
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            stranger.setSoTimeout(20_000);
            send(stranger, "\0\5\0\0no\0", client);
            send(stranger, "?", client);
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            stranger.receive(answer);
            assertThat(new String(answer.getData(), 0, 4, ISO_8859_1)).isEqualTo("\0\5\0\5");
            stranger.setSoTimeout(300);
            assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[100], 100)))
                    .as("one answer")
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
        send("\0\3\0\2end");
        assertThat(got.get(20, TimeUnit.SECONDS)).hasSize(515);
    }

    @Test
    void textMode_changesLineEndsOnTheWayOut_andBack() throws Exception {
        CompletableFuture<byte[]> put = begin(LONG, client -> {
            client.put("f", TFTP.NETASCII_MODE, "a\nb\r".getBytes(ISO_8859_1));
            return client.get("g", TFTP.NETASCII_MODE, 100);
        });
        assertThat(receive()).isEqualTo("\0\2f\0netascii\0");
        send("\0\4\0\0");
        assertThat(receive()).isEqualTo("\0\3\0\1a\r\nb\r\0");
        send("\0\4\0\1");
        assertThat(receive()).isEqualTo("\0\1g\0netascii\0");
        send("\0\3\0\1c\r\nd\r\0");
        assertThat(put.get(20, TimeUnit.SECONDS)).isEqualTo("c\nd\r".getBytes(ISO_8859_1));
    }
}
