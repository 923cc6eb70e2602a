package dev.provhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may ask over TFTP who is no phone. */
class HostileTftpIT {
    private static final String NOT_FOUND = "\0\5\0\1File not found\0";
    private static final String ILLEGAL = "\0\5\0\4Illegal TFTP operation\0";

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** The first datagram that comes back. */
    private static String answer(String latin1) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            byte[] bytes = latin1.getBytes(ISO_8859_1);
            socket.send(new DatagramPacket(
                    bytes,
                    bytes.length,
                    new InetSocketAddress("127.0.0.1", hub.tftp().port())));
            DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
            socket.receive(datagram);
            return new String(datagram.getData(), 0, datagram.getLength(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/passwd",
                "/../../etc/passwd",
                "/firmware/../catalog.yaml",
                "firmware/..%2fcatalog.yaml",
                "firmware\\..\\catalog.yaml",
                "/firmware/\u00c0\u00ae\u00c0\u00ae/catalog.yaml",
                "/firmware/%00",
                "C:\\boot.ini",
                "//server/share/x",
                "/b/508G/0002fdff2103.cfg",
                "/p/' or '1'='1/0/1/profile.cfg",
                "/ca/../hub.pem",
                "\u001b[2J\r\nroot",
                "\u00e2\u0080\u00a8x",
                "http://127.0.0.1:1/x",
                "/p/%2e%2e/0/1/profile.cfg",
                "|id",
                "$(id)",
                "."
            })
    void name_ofTricks_isNoFileAndIsNotEchoed(String name) throws IOException {
        assertThat(answer("\0\1" + name + "\0octet\0")).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0",
                "\0\1",
                "\0\1name without end",
                "\0\1name\0octet",
                "\0\1\0octet\0",
                "\0\1name\0mail\0",
                "\0\1name\0canary\0",
                "\0\1name\0octet\0blksize\0",
                "\0\7x",
                "\1\1name\0octet\0",
                "\u00ff\u00ff\u00ff\u00ff",
                "GET / HTTP/1.1\r\n\r\n"
            })
    void datagram_thatIsNoRequest_getsTheFixedText(String datagram) throws IOException {
        assertThat(answer(datagram)).isEqualTo(ILLEGAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blksize\0" + "99999999999\0",
                "blksize\0-1\0",
                "tsize\0x\0",
                "timeout\0" + "0\0",
                "canary\0canary\0"
            })
    void option_ofNonsense_isLeftOut(String option) throws IOException {
        assertThat(answer("\0\1spa508G.cfg\0octet\0" + option))
                .doesNotContain("canary")
                .satisfiesAnyOf(
                        first -> assertThat(first).startsWith("\0\3\0\1<flat-profile>"),
                        first -> assertThat(first).startsWith("\0\6"));
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1500})
    void request_tooLarge_isRefused(int size) throws IOException {
        assertThat(answer("\0\1" + "x".repeat(size) + "\0octet\0")).isEqualTo(ILLEGAL);
    }
}
