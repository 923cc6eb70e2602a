package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who closes a page while its answer is written. */
class GoneClientIT {
    @TempDir
    private Path folder;

    @Test
    void clients_thatGoAwayInTheMiddleOfAnAnswer_areNoErrorsInTheLog() throws Exception {
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            for (int i = 0; i < 30; i++) {
                try (Socket socket = new Socket(
                        hub.config().listeners().api().host(),
                        hub.config().listeners().api().port())) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream()
                            .write(("GET /api/openapi.json HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + hub.token()
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.get("/api/openapi.json").statusCode() == 200);

            assertThat(log.text()).doesNotContain("Error processing request", "Broken pipe", "Connection reset");
        }
    }
}
