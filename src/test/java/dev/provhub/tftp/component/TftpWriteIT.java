package dev.provhub.tftp.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that clients write, by clients that others wrote. */
class TftpWriteIT {
    /** Sixty-five thousand blocks, one after the other, on a machine that is busy. */
    private static final int LONGEST_SECONDS = 120;

    private static final int LARGE = 65_540 * 8 + 3;

    private final Map<String, byte[]> taken = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private DefaultCamelContext context;
    private int port;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        TftpWriteFilter names = (name, remote) -> !name.contains("no-such-name");
        context.getRegistry().bind("names", names);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("tftp:127.0.0.1:0?allowWrite=true&acceptWrite=#names&maxWriteBytes=5000000&retransmitTimeout=200")
                        .routeId("take")
                        .filter(header(TftpConstants.WRITE).isNull())
                        .setBody(constant((Object) null))
                        .stop()
                        .end()
                        .filter(header(TftpConstants.FILE_NAME).contains("slow"))
                        .delay(6000)
                        .end()
                        .end()
                        .choice()
                        .when(header(TftpConstants.FILE_NAME).contains("fails"))
                        .throwException(new IllegalStateException("secret inside"))
                        .when(header(TftpConstants.FILE_NAME).contains("unwanted"))
                        .setBody(constant((Object) null))
                        .when(header(TftpConstants.FILE_NAME).contains("full"))
                        .setHeader(TftpConstants.ERROR_CODE, constant(3))
                        .otherwise()
                        .process(exchange ->
                                keep(exchange.getIn().getHeader(TftpConstants.FILE_NAME, String.class), (byte[])
                                        exchange.getIn().getBody()))
                        .end();
            }
        });
        context.start();
        port = ((TftpConsumer) context.getRoute("take").getConsumer()).getBoundPort();
    }

    private void keep(String name, byte[] bytes) {
        assertThat(taken.put(name, bytes)).as(name + " was handed over twice").isNull();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static int[] sizes() {
        return new int[] {0, 1, 511, 512, 513, 1024, 200_000};
    }

    private Path file(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(folder.resolve("f" + size), bytes);
    }

    private ExternalProgram.Result atftp(Path file, String name, String... options) throws Exception {
        String[] command = new String[options.length + 9];
        command[0] = "atftp";
        System.arraycopy(options, 0, command, 1, options.length);
        String[] rest = {"-p", "-l", file.toString(), "-r", name, "127.0.0.1", "" + port, "--verbose"};
        System.arraycopy(rest, 0, command, options.length + 1, rest.length);
        return ExternalProgram.run(LONGEST_SECONDS, null, command);
    }

    private ExternalProgram.Result hpa(Path file, String name, String mode) throws Exception {
        return ExternalProgram.run(
                null, "tftp", "-m", mode, "127.0.0.1", "" + port, "-c", "put", file.toString(), name);
    }

    private ExternalProgram.Result curl(Path file, String name, String... options) throws Exception {
        String[] command = new String[options.length + 5];
        command[0] = "curl";
        command[1] = "-sS";
        System.arraycopy(options, 0, command, 2, options.length);
        command[options.length + 2] = "-T";
        command[options.length + 3] = file.toString();
        command[options.length + 4] = "tftp://127.0.0.1:" + port + "/" + name;
        return ExternalProgram.run(LONGEST_SECONDS, null, command);
    }

    private ExternalProgram.Result busybox(Path file, String name, String... options) throws Exception {
        String[] command = new String[options.length + 9];
        String[] first = {"busybox", "tftp", "-p", "-l", file.toString(), "-r", name};
        System.arraycopy(first, 0, command, 0, first.length);
        System.arraycopy(options, 0, command, first.length, options.length);
        command[command.length - 2] = "127.0.0.1";
        command[command.length - 1] = "" + port;
        return ExternalProgram.run(LONGEST_SECONDS, null, command);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void atftp_puts(int size) throws Exception {
        ExternalProgram.require("atftp");
        assertThat(atftp(file(size), "/a").exit()).isZero();
        assertThat(taken).containsOnlyKeys("/a");
        assertThat(taken.get("/a")).isEqualTo(Files.readAllBytes(file(size)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void atftp_putsWithOptions(int size) throws Exception {
        ExternalProgram.require("atftp");
        assertThat(atftp(
                                file(size),
                                "/a",
                                "--option",
                                "blksize 1000",
                                "--option",
                                "tsize",
                                "--option",
                                "windowsize 8",
                                "--option",
                                "timeout 2")
                        .exit())
                .isZero();
        assertThat(taken.get("/a")).isEqualTo(Files.readAllBytes(file(size)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void tftpHpa_puts(int size) throws Exception {
        ExternalProgram.require("tftp");
        ExternalProgram.Result result = hpa(file(size), "/h", "binary");
        assertThat(result.exit()).as(result.err() + result.text()).isZero();
        assertThat(taken.get("/h")).isEqualTo(Files.readAllBytes(file(size)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void curl_puts(int size) throws Exception {
        ExternalProgram.require("curl");
        ExternalProgram.Result result = curl(file(size), "/c");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(taken).containsOnlyKeys("/c");
        assertThat(taken.get("/c")).isEqualTo(Files.readAllBytes(file(size)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void busybox_puts(int size) throws Exception {
        ExternalProgram.require("busybox");
        ExternalProgram.Result result = busybox(file(size), "/b");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(taken.get("/b")).isEqualTo(Files.readAllBytes(file(size)));
    }

    @Test
    void moreThan65535Blocks_byEachClient() throws Exception {
        for (String program : new String[] {"atftp", "curl", "busybox"}) {
            ExternalProgram.require(program);
        }
        byte[] bytes = Files.readAllBytes(file(LARGE));

        assertThat(curl(file(LARGE), "c", "--tftp-blksize", "8").exit()).isZero();
        // busybox allows blocks of 24 bytes and more, and takes the name with its options for a block too
        Path larger = file(65_540 * 64 + 3);
        assertThat(busybox(larger, "b", "-b", "64").exit()).isZero();
        assertThat(atftp(file(LARGE), "a", "--option", "blksize 8", "--option", "windowsize 16")
                        .exit())
                .isZero();

        assertThat(taken.get("c")).isEqualTo(bytes);
        assertThat(taken.get("b")).isEqualTo(Files.readAllBytes(larger));
        assertThat(taken.get("a")).isEqualTo(bytes);
    }

    @Test
    void netascii_isTranslated() throws Exception {
        ExternalProgram.require("tftp");
        Path file = Files.writeString(folder.resolve("text"), "a\nb\nc");

        assertThat(hpa(file, "/t", "netascii").exit()).isZero();

        assertThat(new String(taken.get("/t"), ISO_8859_1)).isEqualTo("a\nb\nc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fails", "/unwanted", "/full", "/no-such-name"})
    void routeThatRefuses_isAnErrorForEveryClient_andTellsNothing(String name) throws Exception {
        for (String program : new String[] {"tftp", "curl", "busybox"}) {
            ExternalProgram.require(program);
        }
        ExternalProgram.Result curl = curl(file(600), name);
        assertThat(curl.exit()).isNotZero();
        assertThat(curl.err()).doesNotContain("secret");
        // busybox takes an error for its last block as an end: it says so and exits with 0
        assertThat(busybox(file(600), name).err()).contains("server error").doesNotContain("secret");
        ExternalProgram.Result hpa = hpa(file(600), name, "binary");
        assertThat(hpa.text() + hpa.err()).contains("Error code").doesNotContain("secret");
        assertThat(taken).isEmpty();
    }

    @Test
    void slowRoute_isWaitedForByEveryClient() throws Exception {
        for (String program : new String[] {"tftp", "curl", "busybox", "atftp"}) {
            ExternalProgram.require(program);
        }
        assertThat(curl(file(600), "/slow-c").exit()).isZero();
        assertThat(busybox(file(600), "/slow-b").exit()).isZero();
        assertThat(hpa(file(600), "/slow-h", "binary").exit()).isZero();
        assertThat(atftp(file(600), "/slow-a").exit()).isZero();
        assertThat(taken).containsOnlyKeys("/slow-c", "/slow-b", "/slow-h", "/slow-a");
    }

    @Test
    void announcedSize_overTheLimit_isError3BeforeAByteIsTaken() throws Exception {
        assertThat(answer("\0\2f\0octet\0tsize\0005000001\0")).isEqualTo("\0\5\0\3Disk full or allocation exceeded\0");
        assertThat(answer("\0\2f\0octet\0tsize\0005000000\0")).isEqualTo("\0\6tsize\0005000000\0");
        assertThat(answer("\0\2f\0mail\0")).isEqualTo("\0\5\0\4Illegal TFTP operation\0");
        assertThat(answer("\0\2no-such-name\0octet\0")).isEqualTo("\0\5\0\2Access violation\0");
    }

    private String answer(String latin1) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            socket.setSoTimeout(10_000);
            byte[] bytes = latin1.getBytes(ISO_8859_1);
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
            DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
            socket.receive(datagram);
            return new String(datagram.getData(), 0, datagram.getLength(), ISO_8859_1);
        }
    }
}
