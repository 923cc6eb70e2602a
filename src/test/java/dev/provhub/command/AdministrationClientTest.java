package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.HubConfigReader;
import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a hub that does not take all of an upload, by a bare socket in its place. */
class AdministrationClientTest {
    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void folders() throws IOException {
        for (String folder : new String[] {"config", "routes", "firmware", "data"}) {
            Files.createDirectory(home.resolve(folder));
        }
        file = Files.write(home.resolve("image.bin"), new byte[8 << 20]);
    }

    private AdministrationClient client(int port) {
        return new AdministrationClient(
                HubConfigReader.read(home, Map.of(), Map.of("hub.api.port", String.valueOf(port))), "t");
    }

    /** Reads the head of one request, and breaks the connection while its body is on its way. */
    private static void breakOff(ServerSocket server) {
        CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                head(socket.getInputStream());
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("it ended after " + head);
            }
            head.append((char) next);
        }
    }

    @Test
    void upload_brokenOff_isNotToldAsAHubThatDoesNotRun() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            breakOff(server);
            AdministrationClient client = client(server.getLocalPort());

            assertThatThrownBy(() -> client.upload("/api/v1/firmware", "application/octet-stream", file, sent -> {}))
                    .isInstanceOf(IllegalConfigurationException.class)
                    .hasMessageContaining("ended the connection before it had answered; its log says why");
        }
    }

    @Test
    void get_whereNothingListens_saysHowToStart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> client(port).get("/api/v1/health")).hasMessageContaining("start it with ./hub run");
    }
}
