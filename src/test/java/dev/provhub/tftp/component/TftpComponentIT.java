package dev.provhub.tftp.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.ExternalProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component in a route, asked by clients that others wrote. */
class TftpComponentIT {
    private static final byte[] BYTES = new byte[200_000];
    private static final AtomicInteger CLOSED = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static DefaultCamelContext context;
    private static int port;
    private static int ownPorts;

    @BeforeAll
    static void start() throws Exception {
        new Random(1).nextBytes(BYTES);
        Path image = Files.write(folder.resolve("image.bin"), BYTES);
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("tftp:127.0.0.1:0?retransmitTimeout=200")
                        .routeId("serve")
                        .choice()
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/image.bin"))
                        .process(exchange -> exchange.getMessage().setBody(image.toFile()))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/stream.bin"))
                        .process(exchange -> exchange.getMessage().setBody(stream()))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/broken.bin"))
                        .process(exchange -> exchange.getMessage().setBody(broken()))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/gone.bin"))
                        .process(exchange -> exchange.getMessage().setBody(new File("gone.bin")))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/wrapped.bin"))
                        .process(exchange -> exchange.getMessage().setBody(wrapped(image)))
                        .when(header(TftpConstants.FILE_NAME).endsWith("text.cfg"))
                        .setBody(simple("<flat-profile/> for ${header.CamelTftpFileName}"))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/fails"))
                        .throwException(new IllegalStateException("secret inside"))
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/busy"))
                        .setHeader(TftpConstants.ERROR_CODE, constant(0))
                        .end();
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("tftp:127.0.0.1:0?singlePort=false")
                        .routeId("serve-from-ports")
                        .choice()
                        .when(header(TftpConstants.FILE_NAME).isEqualTo("/image.bin"))
                        .process(exchange -> exchange.getMessage().setBody(image.toFile()))
                        .otherwise()
                        .setBody(simple("<flat-profile/> for ${header.CamelTftpFileName}"))
                        .end();
            }
        });
        context.start();
        ownPorts = ((TftpConsumer) context.getRoute("serve-from-ports").getConsumer()).getBoundPort();
        port = ((TftpConsumer) context.getRoute("serve").getConsumer()).getBoundPort();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    /** Of which nobody knows the length before its end. */
    private static InputStream stream() {
        return new FilterInputStream(new ByteArrayInputStream(BYTES)) {
            @Override
            public void close() throws IOException {
                CLOSED.incrementAndGet();
                super.close();
            }
        };
    }

    /** That breaks once in the middle, and would go on behind that. */
    private static InputStream broken() {
        return new FilterInputStream(new ByteArrayInputStream(BYTES)) {
            private int pieces;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (++pieces == 3) {
                    throw new IOException("the line is cut");
                }
                return super.read(into, offset, Math.min(length, 50_000));
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void body_aStreamThatBreaksOrAFileThatIsGone_isAnErrorAndNeverARest() throws Exception {
        ExternalProgram.require("curl");
        String base = "tftp://127.0.0.1:" + port + "/";

        for (String name : List.of("/broken.bin", "/gone.bin")) {
            ExternalProgram.Result result = ExternalProgram.run(null, "curl", "-s", base + name);
            assertThat(result.exit()).as(name).isNotIn(0, 68);
            assertThat(result.out()).as(name).isEmpty();
        }
    }

    private static GenericFile<File> wrapped(Path file) {
        GenericFile<File> wrapped = new GenericFile<>();
        wrapped.setFile(file.toFile());
        return wrapped;
    }

    private static long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("tftp[0-9]+\\.tmp"))
                    .count();
        }
    }

    @Test
    void body_aStreamOrAFileOfCamel_isSentWholeAndLeavesNothingBehind() throws Exception {
        ExternalProgram.require("curl");
        long before = temporaryFiles();
        String base = "tftp://127.0.0.1:" + port + "/";

        assertThat(ExternalProgram.run(null, "curl", "-s", base + "/stream.bin").out())
                .isEqualTo(BYTES);
        assertThat(ExternalProgram.run(null, "curl", "-s", base + "/wrapped.bin")
                        .out())
                .isEqualTo(BYTES);
        assertThat(CLOSED.get()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(temporaryFiles()).isLessThanOrEqualTo(before));
    }

    private static byte[] commonsNet(String name) throws Exception {
        TFTPClient client = new TFTPClient();
        client.open();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            client.receiveFile(name, TFTP.BINARY_MODE, out, "127.0.0.1", ownPorts);
            return out.toByteArray();
        } finally {
            client.close();
        }
    }

    /** It refuses an answer from the port that it has asked. */
    @Test
    void commonsNet_fetches() throws Exception {
        assertThat(commonsNet("/image.bin")).isEqualTo(BYTES);
        assertThat(new String(commonsNet("/text.cfg"), StandardCharsets.US_ASCII))
                .isEqualTo("<flat-profile/> for /text.cfg");
    }

    @Test
    void curl_fetches_andHearsErrorCodes() throws Exception {
        ExternalProgram.require("curl");
        String base = "tftp://127.0.0.1:" + port + "/";

        assertThat(ExternalProgram.run(null, "curl", "-s", base + "/image.bin").out())
                .isEqualTo(BYTES);
        assertThat(ExternalProgram.run(null, "curl", "-s", "--tftp-blksize", "8192", base + "/image.bin")
                        .out())
                .isEqualTo(BYTES);
        assertThat(ExternalProgram.run(null, "curl", "-s", base + "/none").exit())
                .as("not found")
                .isEqualTo(68);
        ExternalProgram.Result failed = ExternalProgram.run(null, "curl", "-sS", base + "/fails");
        assertThat(failed.exit()).as("not 'not found', not success").isNotIn(0, 68);
        assertThat(failed.err()).doesNotContain("secret");
        assertThat(ExternalProgram.run(null, "curl", "-s", base + "/busy").exit())
                .isNotIn(0, 68);
    }

    @Test
    void atftp_fetches() throws Exception {
        ExternalProgram.require("atftp");
        Path out = folder.resolve("atftp.bin");

        ExternalProgram.Result result = ExternalProgram.run(
                null,
                "atftp",
                "--option",
                "blksize 1428",
                "-g",
                "-r",
                "/image.bin",
                "-l",
                out.toString(),
                "127.0.0.1",
                "" + port);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(BYTES);
    }

    @Test
    void tftpHpa_fetches() throws Exception {
        ExternalProgram.require("tftp");
        Path out = folder.resolve("hpa.bin");

        ExternalProgram.Result result = ExternalProgram.run(
                null, "tftp", "-m", "binary", "127.0.0.1", "" + port, "-c", "get", "/image.bin", out.toString());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(BYTES);
    }

    @Test
    void busybox_fetches() throws Exception {
        ExternalProgram.require("busybox");
        Path out = folder.resolve("busybox.bin");

        ExternalProgram.Result result = ExternalProgram.run(
                null, "busybox", "tftp", "-g", "-r", "/image.bin", "-l", out.toString(), "127.0.0.1", "" + port);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(BYTES);
    }

    @Test
    void fileNamesForLog_hideWhatMayBeADirectory() {
        assertThat(FileNames.forLog("/p/abcdefghijklmnopqrstuvwxyz/0/7.5.2b/profile.cfg"))
                .isEqualTo("/p/***/0/7.5.2b/profile.cfg");
        assertThat(FileNames.forLog("/a\nb")).isEqualTo("/a?b");
    }
}
