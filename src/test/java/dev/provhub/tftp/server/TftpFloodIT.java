package dev.provhub.tftp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.tftp.codec.TftpErrorCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that were sent in somebody else's name: whoever they name never answers. */
class TftpFloodIT {
    private static final int MOST = 50;

    private final BlockingQueue<TransferListener.Report> reports = new LinkedBlockingQueue<>();
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private TftpServer server;

    @BeforeEach
    void start() throws Exception {
        server = TftpServer.start(
                new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofSeconds(30), 6, MOST),
                (request, reply) -> {
                    if (request.fileName().equals("missing")) {
                        reply.refuse(TftpErrorCode.FILE_NOT_FOUND);
                    } else {
                        reply.send(TftpContent.of(new byte[1300]));
                    }
                },
                reports::add);
    }

    @AfterEach
    void stop() {
        sockets.forEach(DatagramSocket::close);
        server.close();
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private void send(DatagramSocket from, String latin1, int port) throws IOException {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
        socket.receive(datagram);
        return datagram;
    }

    /** Asks until it is heard, as phones do: the kernel drops what finds its queue full of others' requests. */
    private DatagramPacket asked(DatagramSocket phone) throws IOException {
        phone.setSoTimeout(2_000);
        for (int times = 1; times <= 10; times++) {
            send(phone, "\0\1x\0octet\0", server.port());
            try {
                return receive(phone);
            } catch (SocketTimeoutException e) {
                // Again
            }
        }
        throw new IOException("no answer to ten requests");
    }

    private int fetch(DatagramSocket phone) throws IOException {
        DatagramPacket data = asked(phone);
        phone.setSoTimeout(10_000);
        int size = 0;
        for (int block = 1; ; block++) {
            assertThat(Arrays.copyOf(data.getData(), 4)).containsExactly(0, 3, 0, block);
            size += data.getLength() - 4;
            send(phone, "\0\4\0" + (char) block, data.getPort());
            if (data.getLength() < 516) {
                return size;
            }
            data = receive(phone);
        }
    }

    @Test
    void transfersNeverAcknowledged_giveWayToAPhoneThatIsThere() throws Exception {
        for (int i = 0; i < 4 * MOST; i++) {
            send(socket(), "\0\1x\0octet\0", server.port());
        }

        assertThat(fetch(socket())).isEqualTo(1300);
        assertThat(fetch(socket())).isEqualTo(1300);
    }

    @Test
    void transferThatIsAcknowledged_doesNotGiveWay() throws Exception {
        DatagramSocket phone = socket();
        send(phone, "\0\1x\0octet\0", server.port());
        DatagramPacket first = receive(phone);
        send(phone, "\0\4\0\1", first.getPort());
        receive(phone);

        for (int i = 0; i < 4 * MOST; i++) {
            send(socket(), "\0\1x\0octet\0", server.port());
        }
        DatagramSocket last = socket();
        fetch(last);

        send(phone, "\0\4\0\2", first.getPort());
        assertThat(receive(phone).getLength()).isEqualTo(4 + 1300 - 1024);
    }

    @Test
    void sameRequestAgainAndAgain_isOneTransfer() throws Exception {
        DatagramSocket victim = socket();
        for (int i = 0; i < 1000; i++) {
            send(victim, "\0\1x\0octet\0", server.port());
        }
        fetch(socket());

        receive(victim);
        victim.setSoTimeout(500);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> receive(victim)))
                .as("a second packet")
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void unknownOperations_getOneShortErrorEachAndCostNothing() throws Exception {
        DatagramSocket client = socket();
        for (int operation = 0; operation < 200; operation++) {
            if (operation < 1 || operation > 6) {
                send(client, "\0" + (char) operation + "Zq9canary\0", server.port());
                DatagramPacket answer = receive(client);
                assertThat(new String(answer.getData(), 0, answer.getLength(), ISO_8859_1))
                        .isEqualTo("\0\5\0\4Illegal TFTP operation\0");
            }
        }

        assertThat(reports.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(fetch(socket())).isEqualTo(1300);
    }

    @Test
    void unknownNames_holdNoPlace() throws Exception {
        for (int i = 0; i < 4 * MOST; i++) {
            DatagramSocket client = socket();
            send(client, "\0\1missing\0octet\0", server.port());
            assertThat(receive(client).getData()[1]).isEqualTo((byte) 5);
        }

        assertThat(fetch(socket())).isEqualTo(1300);
    }
}
