package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.tftp.codec.TftpErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers over real datagrams, with a client that knows nothing of the codec. */
class TftpServerIT {
    private static final int OACK = 6;
    private static final int ERROR = 5;
    private static final int DATA = 3;

    private final Map<String, TftpContent> files = new ConcurrentHashMap<>();
    private final BlockingQueue<TransferListener.Report> reports = new LinkedBlockingQueue<>();
    private TftpServer server;
    private DatagramSocket client;

    @BeforeEach
    void start() throws Exception {
        TftpServerSettings settings = settings("127.0.0.1", 100);
        server = TftpServer.start(settings, this::answer, reports::add);
        client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        client.setSoTimeout(5_000);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** How packets leave: another class looks at the other way. */
    TftpServerSettings settings(String host, int retransmitMillis) {
        return new TftpServerSettings(host, 0, 1468, Duration.ofMillis(retransmitMillis), 6, 100);
    }

    private void answer(TftpRequest request, TftpReply reply) {
        TftpContent content = files.get(request.fileName());
        if (content == null) {
            reply.refuse(TftpErrorCode.FILE_NOT_FOUND);
        } else {
            reply.send(content);
        }
    }

    /** A datagram from the server. */
    private record Packet(int operation, int number, byte[] rest, InetSocketAddress from) {
        String text() {
            return new String(rest, StandardCharsets.US_ASCII);
        }
    }

    private Packet receive() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[70_000], 70_000);
        client.receive(datagram);
        byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
        int operation = bytes[1];
        boolean numbered = operation != OACK;
        int number = numbered ? (bytes[2] & 0xff) << 8 | bytes[3] & 0xff : -1;
        return new Packet(
                operation, number, Arrays.copyOfRange(bytes, numbered ? 4 : 2, bytes.length), (InetSocketAddress)
                        datagram.getSocketAddress());
    }

    private void send(String latin1, InetSocketAddress to) throws IOException {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        client.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private void request(String text) throws IOException {
        send(text, new InetSocketAddress("127.0.0.1", server.port()));
    }

    private void read(String file, String... options) throws IOException {
        request("\0\1" + file + "\0octet\0" + (options.length == 0 ? "" : String.join("\0", options) + "\0"));
    }

    private void acknowledge(int number, InetSocketAddress to) throws IOException {
        send("\0\4" + (char) (number >> 8 & 0xff) + (char) (number & 0xff), to);
    }

    /** Fetches to the end as a plain client does. */
    private byte[] fetch(int blockSize) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Packet packet = receive();
        if (packet.operation() == OACK) {
            acknowledge(0, packet.from());
            packet = receive();
        }
        int expected = 1;
        while (true) {
            // On a machine that is busy the server's timer may be quicker than this
            boolean again = packet.operation() == OACK || packet.operation() == DATA && packet.number() != expected;
            if (!again) {
                assertThat(packet.operation()).as(packet.text()).isEqualTo(DATA);
                whole.writeBytes(packet.rest());
                acknowledge(packet.number(), packet.from());
                if (packet.rest().length < blockSize) {
                    return whole.toByteArray();
                }
                expected = expected + 1 & 0xffff;
            }
            packet = receive();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private TransferListener.Report report() throws InterruptedException {
        return reports.poll(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 100_000})
    void read_anySize_arrivesWhole(int size) throws Exception {
        files.put("f", TftpContent.of(random(size)));

        read("f");

        assertThat(fetch(512)).isEqualTo(random(size));
        TransferListener.Report report = report();
        assertThat(report.outcome()).isEqualTo(TransferListener.Outcome.COMPLETED);
        assertThat(report.bytes()).isEqualTo(size);
        assertThat(report.blocks()).isEqualTo(size / 512 + 1);
        assertThat(report.retransmissions()).isZero();
    }

    @Test
    void read_moreThan65535Blocks_wrapsToZero(@TempDir Path folder) throws Exception {
        byte[] bytes = random(8 * 65_540 + 3);
        files.put("f", TftpContent.of(Files.write(folder.resolve("f"), bytes)));

        read("f", "blksize", "8");

        assertThat(fetch(8)).isEqualTo(bytes);
    }

    @Test
    void options_areAcknowledgedInTheClientsOrder_withoutThoseNotKnown() throws Exception {
        files.put("f", TftpContent.of(random(3000)));

        read("f", "timeout", "5", "multicast", "", "WindowSize", "2", "tsize", "0", "BLKSIZE", "65464");

        Packet oack = receive();
        assertThat(oack.operation()).isEqualTo(OACK);
        assertThat(oack.text()).isEqualTo("timeout\0005\0windowsize\0002\0tsize\0003000\0blksize\0001468\0");
        acknowledge(0, oack.from());
        assertThat(receive().rest()).hasSize(1468);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "65465", "-1", "x", "99999999999"})
    void blksize_outOfRange_isLeftOut(String value) throws Exception {
        files.put("f", TftpContent.of(random(600)));

        read("f", "blksize", value);

        assertThat(receive().rest()).hasSize(512);
    }

    @Test
    void acknowledgementLost_dataIsSentAgainByTheTimer() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f");

        Packet first = receive();
        Packet again = receive();

        assertThat(again.number()).isEqualTo(first.number());
        assertThat(again.rest()).isEqualTo(first.rest());
        acknowledge(1, first.from());
        assertThat(receive().number()).isEqualTo(2);
        acknowledge(2, first.from());
        assertThat(report().retransmissions()).isPositive();
    }

    @Test
    void acknowledgementTwice_dataIsNotSentTwice() throws Exception {
        files.put("f", TftpContent.of(random(5 * 512)));
        read("f", "timeout", "2");
        Packet oack = receive();
        acknowledge(0, oack.from());
        receive();

        acknowledge(1, oack.from());
        acknowledge(1, oack.from());
        acknowledge(1, oack.from());

        assertThat(receive().number()).isEqualTo(2);
        client.setSoTimeout(500);
        assertNothingComes();
    }

    private void assertNothingComes() throws IOException {
        try {
            Packet packet = receive();
            assertThat(packet.operation())
                    .as("nothing was expected, came block " + packet.number())
                    .isZero();
        } catch (SocketTimeoutException e) {
            // as it should be
        }
    }

    @Test
    void stranger_isTold_andTheTransferGoesOn() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f");
        Packet first = receive();
        try (DatagramSocket stranger = new DatagramSocket()) {
            stranger.setSoTimeout(5_000);
            stranger.send(new DatagramPacket(new byte[] {0, 4, 0, 1}, 4, first.from()));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            stranger.receive(answer);
            assertThat(Arrays.copyOf(answer.getData(), 4)).containsExactly(0, 5, 0, 5);
        }
        acknowledge(1, first.from());
        Packet second = receive();
        while (second.number() == 1) {
            second = receive();
        }
        assertThat(second.number()).isEqualTo(2);
    }

    /** RFC 1350, section 7: else two of them tell each other for ever. */
    @Test
    void strangersError_isNotAnswered_andChangesNothing() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f", "timeout", "9");
        Packet oack = receive();
        try (DatagramSocket stranger = new DatagramSocket()) {
            for (byte operation : new byte[] {ERROR, 4}) {
                stranger.send(new DatagramPacket(new byte[] {0, operation, 0, 5, 0}, 5, oack.from()));
            }
            stranger.setSoTimeout(5_000);
            stranger.receive(new DatagramPacket(new byte[100], 100));
            stranger.setSoTimeout(300);
            assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[100], 100)))
                    .as("one answer, to what was no error")
                    .isInstanceOf(SocketTimeoutException.class);
        }
        acknowledge(0, oack.from());
        assertThat(fetch(512)).isEqualTo(random(600));
    }

    @Test
    void request_againWithOtherOptions_isServedByThose() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f", "blksize", "8", "timeout", "9");
        assertThat(receive().operation()).isEqualTo(OACK);

        read("f");

        assertThat(fetch(512)).isEqualTo(random(600));
    }

    @Test
    void requestSentAgain_beginsNoSecondTransfer() throws Exception {
        files.put("f", TftpContent.of(random(600)));

        read("f", "timeout", "3");
        read("f", "timeout", "3");

        Packet first = receive();
        acknowledge(0, first.from());
        Packet data = receive();
        assertThat(data.from()).isEqualTo(first.from());
        assertThat(data.operation()).isEqualTo(DATA);
        client.setSoTimeout(500);
        assertNothingComes();
    }

    @Test
    void silentClient_getsAtMostEightPackets_thenItIsOver() throws Exception {
        stop();
        TftpServerSettings quick = settings("127.0.0.1", 10);
        server = TftpServer.start(quick, this::answer, reports::add);
        client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        client.setSoTimeout(3_000);
        files.put("f", TftpContent.of(random(600)));

        read("f");

        assertThat(report().outcome()).isEqualTo(TransferListener.Outcome.SILENT);
        int packets = 0;
        client.setSoTimeout(200);
        try {
            while (true) {
                receive();
                packets++;
            }
        } catch (SocketTimeoutException e) {
            assertThat(packets).isEqualTo(7);
        }
    }

    @Test
    void clientError_endsTheTransfer() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f");

        send("\0\5\0\3full\0", receive().from());

        assertThat(report().outcome()).isEqualTo(TransferListener.Outcome.REFUSED_BY_CLIENT);
    }

    @Test
    void unknownFile_isError1_writeIsError2_mailAndNonsenseAreError4() throws Exception {
        read("unknown");
        Packet notFound = receive();
        request("\0\2f\0octet\0");
        Packet write = receive();
        request("\0\1f\0mail\0");
        Packet mail = receive();
        request("\0\1f");
        Packet nonsense = receive();

        assertThat(notFound.operation()).isEqualTo(ERROR);
        assertThat(notFound.number()).isEqualTo(1);
        assertThat(notFound.text()).isEqualTo("File not found\0");
        assertThat(write.number()).isEqualTo(2);
        assertThat(mail.number()).isEqualTo(4);
        assertThat(nonsense.number()).isEqualTo(4);
    }

    @Test
    void netascii_translatesLineEnds() throws Exception {
        files.put("f", TftpContent.of("a\nb\rc".getBytes(StandardCharsets.US_ASCII)));

        request("\0\1f\0NetASCII\0");

        assertThat(new String(fetch(512), StandardCharsets.US_ASCII)).isEqualTo("a\r\nb\r\0c");
    }

    @Test
    void stop_inTheMiddle_tellsTheClient() throws Exception {
        files.put("f", TftpContent.of(random(5000)));
        read("f");
        receive();

        server.close(Duration.ZERO);

        Packet last = receive();
        while (last.operation() == DATA) {
            last = receive();
        }
        assertThat(last.operation()).isEqualTo(ERROR);
        assertThat(report().outcome()).isEqualTo(TransferListener.Outcome.ABORTED);
    }

    @Test
    void allAddresses_answerComesFromTheAddressThatWasAsked() throws Exception {
        stop();
        TftpServerSettings wildcard = settings("0.0.0.0", 500);
        server = TftpServer.start(wildcard, this::answer, reports::add);
        client = new DatagramSocket(0);
        client.setSoTimeout(5_000);
        files.put("f", TftpContent.of(random(10)));

        read("f");

        assertThat(receive().from().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void window_isSentAtOnce_andAgainFromTheLastInOrder() throws Exception {
        files.put("f", TftpContent.of(random(20 * 512 + 7)));
        read("f", "windowsize", "4");
        Packet oack = receive();
        acknowledge(0, oack.from());
        for (int block = 1; block <= 4; block++) {
            assertThat(receive().number()).isEqualTo(block);
        }

        acknowledge(2, oack.from());

        for (int block = 3; block <= 6; block++) {
            assertThat(receive().number()).isEqualTo(block);
        }
    }

    @Test
    void anotherRequest_fromTheSamePort_beginsAnew() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        files.put("g", TftpContent.of(random(10)));
        read("f");
        receive();

        read("g");

        Packet packet = receive();
        while (packet.rest().length != 10) {
            packet = receive();
        }
        acknowledge(1, packet.from());
        assertThat(report().outcome()).isEqualTo(TransferListener.Outcome.SILENT);
        TransferListener.Report second = report();
        assertThat(second.fileName()).isEqualTo("g");
        assertThat(second.outcome()).isEqualTo(TransferListener.Outcome.COMPLETED);
    }

    @Test
    void stopping_letsTransfersEnd_andRefusesNewOnes() throws Exception {
        files.put("f", TftpContent.of(random(600)));
        read("f", "timeout", "20");
        Packet oack = receive();
        Thread stopping = new Thread(() -> server.close(Duration.ofSeconds(30)));
        stopping.start();
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            other.setSoTimeout(500);
            byte[] answer = {0, 3};
            while (answer[1] != ERROR) {
                // like any client it asks again when nothing comes
                byte[] request = "\0\1f\0octet\0".getBytes(StandardCharsets.ISO_8859_1);
                other.send(
                        new DatagramPacket(request, request.length, new InetSocketAddress("127.0.0.1", server.port())));
                DatagramPacket datagram = new DatagramPacket(new byte[600], 600);
                try {
                    other.receive(datagram);
                } catch (SocketTimeoutException e) {
                    continue;
                }
                answer = Arrays.copyOf(datagram.getData(), 4);
                if (answer[1] == DATA) {
                    other.send(new DatagramPacket(new byte[] {0, 5, 0, 0, 0}, 5, datagram.getSocketAddress()));
                }
            }
            assertThat(answer).containsExactly(0, ERROR, 0, 0);
        }

        acknowledge(0, oack.from());
        assertThat(fetch(512)).isEqualTo(random(600));
        stopping.join(20_000);
        assertThat(stopping.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../b", "..", "/..", "a\\b", "x/\uFFFD"})
    void name_thatLeadsOutOfTheRoot_isNoFile(String name) throws Exception {
        files.put(name, TftpContent.of(random(5)));

        request("\0\1" + (name.contains("\uFFFD") ? "x/\u00c0\u00ae" : name) + "\0octet\0");

        assertThat(receive().number()).isEqualTo(1);
    }

    /** Where the first packet of a file comes from. */
    int portOfAnswer() throws Exception {
        files.put("f", TftpContent.of(random(10)));
        read("f");
        return receive().from().getPort();
    }

    int portOfServer() {
        return server.port();
    }
}
