package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** sipp in the place of a phone or a proxy: waits for one NOTIFY and plays a scenario of {@code src/test/resources/dev/provhub/sip}. */
final class SippPeer implements AutoCloseable {
    private final Process process;
    private final Path messages;
    private final int port;

    private SippPeer(Process process, Path messages, int port) {
        this.process = process;
        this.messages = messages;
        this.port = port;
    }

    /** @param transport {@code u1} or {@code t1} */
    static SippPeer start(Path folder, String scenario, String transport, String... options) throws IOException {
        return startAt(freePort(), folder, scenario, transport, options);
    }

    static SippPeer startAt(int port, Path folder, String scenario, String transport, String... options)
            throws IOException {
        ExternalProgram.require("sipp");
        Path own = Files.createTempDirectory(folder, "sipp");
        Path file = own.resolve(scenario);
        try (InputStream xml = SippPeer.class.getResourceAsStream("sip/" + scenario)) {
            Files.write(file, xml.readAllBytes());
        }
        Path messages = own.resolve("messages.log");
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-sf",
                file.toString(),
                "-m",
                "1",
                "-nostdin",
                "-timeout",
                "60s",
                "-i",
                "127.0.0.1",
                "-p",
                "" + port,
                "-t",
                transport,
                "-trace_msg",
                "-message_file",
                messages.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("out").toFile())
                .start();
        SippPeer peer = new SippPeer(process, messages, port);
        if (transport.startsWith("t")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> isListening(port));
        }
        return peer;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Free for UDP and TCP. */
    static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(null)) {
                udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()));
                return tcp.getLocalPort();
            } catch (IOException e) {
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** How many requests have come, with those that were sent again. */
    int requests() throws IOException {
        return Files.readString(messages).split("(?m)^NOTIFY sip:", -1).length - 1;
    }

    /** Waits until the scenario is over, and checks that all went as it says. */
    void assertPlayed() throws InterruptedException, IOException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("sipp has ended").isTrue();
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(messages);
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
