package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many transfers one address and one block of addresses may have, with clients of several addresses. */
class TftpLimitsIT {
    private static final byte[] BYTES = "less than a block".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = concat(new byte[] {0, 3, 0, 1}, BYTES);
    private static final byte[] ACK = {0, 4, 0, 1};
    /** How long no answer is no answer. */
    private static final int SILENCE_MILLIS = 300;

    private TftpServer server;
    private final List<DatagramSocket> clients = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        TftpServerSettings settings =
                new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofSeconds(20), 6, 100).withTransfersPer(2, 3);
        server = TftpServer.start(settings, (request, reply) -> reply.send(TftpContent.of(BYTES)), report -> {});
    }

    @AfterEach
    void stop() {
        clients.forEach(DatagramSocket::close);
        server.close();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private DatagramSocket clientAt(String address) throws IOException {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(address));
        client.connect(new InetSocketAddress("127.0.0.1", server.port()));
        clients.add(client);
        ask(client);
        return client;
    }

    private static void ask(DatagramSocket client) throws IOException {
        send(client, "\0\1f\0octet\0".getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(DatagramSocket client, byte[] bytes) throws IOException {
        client.send(new DatagramPacket(bytes, bytes.length));
    }

    private static void assertAnswered(DatagramSocket client) throws IOException {
        client.setSoTimeout(5_000);
        assertThat(receive(client)).isEqualTo(DATA);
    }

    private static byte[] receive(DatagramSocket client) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[1000], 1000);
        client.receive(datagram);
        return Arrays.copyOf(datagram.getData(), datagram.getLength());
    }

    private static void assertSilence(DatagramSocket client) throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void limits_ofAnAddressAndOfItsBlock_leaveRequestsUnansweredUntilOneEnds() throws Exception {
        DatagramSocket first = clientAt("127.0.0.1");
        assertAnswered(first);
        assertAnswered(clientAt("127.0.0.1"));
        DatagramSocket third = clientAt("127.0.0.1");
        assertSilence(third);

        assertAnswered(clientAt("127.0.0.2"));
        DatagramSocket ofTheBlock = clientAt("127.0.0.3");
        assertSilence(ofTheBlock);
        assertAnswered(clientAt("127.0.1.1"));

        send(first, ACK);
        ask(third);
        assertAnswered(third);
    }
}
