package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a person runs it, and what somebody on the wire sees of it. */
class DemoIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern ROW = Pattern.compile("(?m)^(\\S+) ([0-9a-f]{12}) .* arrived +[0-9.]+ *$");

    @TempDir
    private Path folder;

    @Test
    void demo_everyPhoneArrives_byEveryTransport() throws Exception {
        try (HubProcess demo = HubProcess.start(folder, Map.of(), "demo")) {
            assertThat(demo.awaitEnd(PATIENCE)).as(demo.output()).isZero();

            String output = demo.output();
            assertThat(output).contains("Posted a TMF641 order: 201", "10 rows ok, 0 failed", "Every phone arrived.");
            Matcher rows = ROW.matcher(output);
            List<String> models = new ArrayList<>();
            while (rows.find()) {
                models.add(rows.group(1));
            }
            assertThat(models).hasSize(11);
            for (String step : new String[] {
                "bootstrap over tftp",
                "bootstrap over http",
                "key and directory over https, TLS 1.0\n",
                "key and directory over https, TLS 1.2 or 1.3\n",
                "sealed, over tftp, gzip",
                "sealed, over http, gzip"
            }) {
                assertThat(output).contains(step);
            }
            assertThat(output)
                    .containsPattern("firmware \\S+ -> \\S+ over tftp")
                    .containsPattern("firmware \\S+ -> \\S+ over http");
        }
    }

    @Test
    void capture_ofEverythingButTheAdministration_holdsNoSecretInClear() throws Exception {
        ExternalProgram.require("tcpdump");
        int api = freePort();
        Path capture = folder.resolve("demo.pcap");
        Process tcpdump = new ProcessBuilder(
                        "tcpdump",
                        "-i",
                        "lo",
                        "-s",
                        "0",
                        "-U",
                        "-Z",
                        "root",
                        "-w",
                        capture.toString(),
                        "not",
                        "port",
                        "" + api)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tcpdump.log").toFile())
                .start();
        List<String> keys = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(folder.resolve("tcpdump.log")).contains("listening on"));
            try (HubProcess demo = HubProcess.start(folder, Map.of(), "demo", "--keep", "--api-port", "" + api)) {
                demo.awaitOutput("The hub is ready.", PATIENCE);
                assertThat(demo.output()).contains("Every phone arrived.");
                keys.addAll(deviceKeys(demo.output(), api));
                assertThat(demo.terminate()).isIn(0, 143);
            }
        } finally {
            tcpdump.destroy();
            assertThat(tcpdump.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        String wire = new String(Files.readAllBytes(capture), StandardCharsets.ISO_8859_1);
        assertThat(wire).as("the capture has the demo in it").contains("<flat-profile>", "/spa942.cfg", "Salted__");
        assertThat(keys).hasSize(11).doesNotHaveDuplicates();
        assertThat(keys).allSatisfy(key -> assertThat(wire.contains(key)).isFalse());
        assertThat(wire.contains("demo-pw-")).as("a SIP password in clear").isFalse();
    }

    private static List<String> deviceKeys(String output, int api) throws Exception {
        Matcher token = Pattern.compile("token in (\\S+)").matcher(output);
        assertThat(token.find()).isTrue();
        String bearer = "Bearer " + Files.readString(Path.of(token.group(1))).strip();
        HttpClient http = HttpClient.newHttpClient();
        List<String> keys = new ArrayList<>();
        Matcher rows = ROW.matcher(output);
        while (rows.find()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + api + "/api/v1/devices/" + rows.group(2) + "/key"))
                    .header("Authorization", bearer)
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body().strip()).matches("[0-9a-f]{64}");
            keys.add(answer.body().strip());
        }
        return keys;
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }
}
