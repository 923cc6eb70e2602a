package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in, by request and by a dropped file, and out, over HTTP and TFTP, to programs that others wrote and to bare sockets. */
class FirmwareIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String NAME = "spa50x-30x-7-6-2g.bin";
    /** More than sockets hold on their way, so that a download can be kept waiting. */
    private static final byte[] IMAGE = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 8 << 20);

    @TempDir
    private static Path folder;

    private static Path images;
    private static HubUnderTest hub;
    private static Map<String, String> overrides;

    @BeforeAll
    static void start() throws Exception {
        images = Files.createDirectory(folder.resolve("images"));
        Files.copy(Path.of("firmware/catalog.yaml"), images.resolve("catalog.yaml"));
        overrides = Map.of(
                "hub.firmware",
                images.toString(),
                "hub.firmware.max-downloads",
                "1",
                "hub.firmware.max-mbytes",
                "40",
                "hub.firmware.quiet-seconds",
                "3600");
        hub = HubUnderTest.start(folder.resolve("data"), overrides);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void image_byRequest_isServedToCurlAndAtftpButNotOverHttps() throws Exception {
        ExternalProgram.require("curl");
        String name = "spa50x-30x-7-6-2e.bin";
        byte[] bytes = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2e", 1 << 20);
        HttpResponse<String> answer = upload(name, "", bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String sha256 = sha256(bytes);
        JsonNode image = JSON.readTree(answer.body()).at("/images/0");
        assertThat(image.path("version").asText()).isEqualTo("7.6.2e");
        assertThat(image.path("verified").asBoolean()).isTrue();
        assertThat(image.path("sha256").asText()).isEqualTo(sha256);
        assertThat(upload(name, "", bytes).statusCode()).isEqualTo(200);
        String url = hub.httpUrl() + "/firmware/" + name;

        assertThat(curl(url).out()).isEqualTo(bytes);
        assertThat(curl("-r", "100-199", url).out()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
        String head = curl("-I", url).text();
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        assertThat(head)
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Content-Length: " + bytes.length,
                        "Accept-Ranges: bytes",
                        "ETag: \"" + sha256 + "\"",
                        "Repr-Digest: sha-256=:" + digest + ":");
        assertThat(status("-H", "If-None-Match: \"" + sha256 + "\"", url)).isEqualTo("304");
        assertThat(status("-r", "0-9", "-H", "If-Range: \"other\"", url)).isEqualTo("200");
        assertThat(status("-r", "0-9", "-H", "If-Range: \"" + sha256 + "\"", url))
                .isEqualTo("206");
        assertThat(status("-r", bytes.length + "-", url)).isEqualTo("416");
        assertThat(status(hub.httpUrl() + "/firmware/" + name.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo("200");
        assertThat(status("-k", hub.httpsUrl() + "/firmware/" + name)).isEqualTo("404");

        ExternalProgram.require("atftp");
        Path out = folder.resolve("out.bin");
        ExternalProgram.Result got = ExternalProgram.run(
                null,
                "atftp",
                "--option",
                "blksize 1400",
                "-g",
                "-r",
                "firmware/" + name,
                "-l",
                out.toString(),
                "127.0.0.1",
                String.valueOf(hub.tftp().port()));
        assertThat(got.exit()).as(got.err()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(bytes);
    }

    @Test
    void downloads_moreThanAllowed_areToldToComeBack() throws Exception {
        ExternalProgram.require("curl");
        assertThat(upload(NAME, "", IMAGE).statusCode()).isIn(200, 201);
        String url = hub.httpUrl() + "/firmware/" + NAME;
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(
                    "127.0.0.1", hub.config().listeners().http().port()));
            slow.getOutputStream()
                    .write(("GET /firmware/" + NAME + " HTTP/1.1\r\nHost: h\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(slow.getInputStream().read()).isEqualTo('H');

            String refused = curl("-i", url).text();
            assertThat(refused).startsWith("HTTP/1.1 503");
            assertThat(refused.lines().filter(line -> line.startsWith("Retry-After: ")))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(Integer.parseInt(line.substring(13))).isBetween(30, 90));
            assertThat(curl("-I", url).text()).startsWith("HTTP/1.1 200");
            byte[] error = tftp(new DatagramSocket(), NAME);
            assertThat(error).startsWith(0, 5, 0, 0);
            assertThat(new String(error, 4, error.length - 5, StandardCharsets.US_ASCII))
                    .isEqualTo("Busy, try again later");
        }
        await().atMost(SOON).until(() -> status(url).equals("200"));
    }

    @Test
    void tftpTransfer_asLongAsItRuns_countsAsADownload() throws Exception {
        ExternalProgram.require("curl");
        assertThat(upload(NAME, "", IMAGE).statusCode()).isIn(200, 201);
        String url = hub.httpUrl() + "/firmware/" + NAME;
        try (DatagramSocket phone = new DatagramSocket()) {
            byte[] first = tftp(phone, NAME);
            assertThat(first).startsWith(0, 3, 0, 1);
            assertThat(status(url)).isEqualTo("503");
            phone.send(new DatagramPacket(
                    new byte[] {0, 5, 0, 0, 'e', 0}, 6, (InetSocketAddress) phone.getRemoteSocketAddress()));
            await().atMost(SOON).until(() -> status(url).equals("200"));
        }
    }

    @Test
    void droppedFiles_areStagedOrPutAsideWithTheReason() throws Exception {
        Path incoming = folder.resolve("data/firmware");
        byte[] small = FirmwareImages.image(ContainerKind.SECTORS, "7.4.9c", 3000);
        byte[] bad = small.clone();
        bad[0x5c] = 0;
        byte[] slow = FirmwareImages.image(ContainerKind.SECTORS, "7.5.1", 3000);
        // Its writing has stalled
        Path half = Files.write(incoming.resolve("spa50x-30x-7-5-1.bin"), Arrays.copyOf(slow, 2000));
        drop("spa50x-30x-7-4-9c.bin", small);
        drop("spa50x-30x-7-5-7.bin", bad);

        await().atMost(SOON)
                .until(() -> Files.exists(images.resolve("spa50x-30x-7-4-9c.bin"))
                        && Files.exists(incoming.resolve("refused/spa50x-30x-7-5-7.bin.reason.txt")));
        assertThat(incoming.resolve("refused/spa50x-30x-7-5-7.bin.reason.txt"))
                .hasContent("the image is not whole: the version text does not end: there are bytes after its end");
        await().atMost(SOON).until(() -> !Files.exists(incoming.resolve("spa50x-30x-7-4-9c.bin")));
        assertThat(hub.get("/api/v1/audit").body())
                .contains("route stage-firmware-dropped", "firmware staged file=spa50x-30x-7-4-9c.bin");
        assertThat(half).hasSize(2000);
        assertThat(incoming.resolve("refused/spa50x-30x-7-5-1.bin")).doesNotExist();

        drop("spa50x-30x-7-5-1.bin", slow);
        await().atMost(SOON).until(() -> Files.exists(images.resolve("spa50x-30x-7-5-1.bin")));
    }

    @Test
    void droppedList_withItsFiles_isStaged() throws Exception {
        Map<String, byte[]> files =
                FirmwareImages.files(ContainerKind.LOADS, "sip88xx.12-0-8MPP0301-5.loads", "12-0-8MPP0301-5", 3000);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            drop(file.getKey(), file.getValue());
        }

        await().atMost(SOON).until(() -> hub.get("/api/v1/firmware/sip88xx.12-0-8MPP0301-5.loads")
                .body()
                .contains("\"state\":\"offered\""));
        await().atMost(SOON).until(() -> files.keySet().stream()
                .noneMatch(name -> Files.exists(folder.resolve("data/firmware").resolve(name))));
    }

    @Test
    void set_ofWhichAPartWasChanged_isNeitherOfferedNorGiven() throws Exception {
        Map<String, byte[]> files =
                FirmwareImages.files(ContainerKind.LOADS, "sip88xx.12-0-9MPP0401-7.loads", "12-0-9MPP0401-7", 3000);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            drop(file.getKey(), file.getValue());
        }
        String part = "kern-sip88xx.12-0-9MPP0401-7.sbn";
        await().atMost(SOON).until(() -> plain("/firmware/" + part) == 200);
        byte[] other = Files.readAllBytes(images.resolve(part));
        String staged = sha256(other);
        other[7] ^= 1;

        Files.write(images.resolve(part), other);

        await().atMost(SOON).until(() -> plain("/firmware/" + part) == 404);
        assertThat(plain("/firmware/sip88xx.12-0-9MPP0401-7.loads")).isEqualTo(404);
        assertThat(hub.get("/api/v1/firmware/sip88xx.12-0-9MPP0401-7.loads").body())
                .contains(
                        "\"state\":\"withheld\"",
                        "the SHA-256 of " + part + " is " + sha256(other) + ", and should be " + staged);
    }

    @Test
    void upload_thatEndsBeforeItsBody_isABadRequest() throws Exception {
        try (Socket client =
                new Socket("127.0.0.1", hub.config().listeners().api().port())) {
            client.setSoTimeout((int) SOON.toMillis());
            client.getOutputStream()
                    .write(("POST /api/v1/firmware?name=" + NAME + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                    + hub.token()
                                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 5000\r\n\r\nSkOs")
                            .getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400")
                    .contains("the request ended before its body did");
        }
    }

    @Test
    void droppedFiles_besideAnEmptyOneAndOneThatGrows_areNotHeldUp() throws Exception {
        Path incoming = folder.resolve("data/firmware");
        Path growing = Files.write(incoming.resolve("spa50x-30x-7-5-3.bin"), new byte[] {1});
        drop("spa50x-30x-7-5-4.bin", new byte[0]);
        // The second comes when the whole folder was looked at once
        for (String version : new String[] {"7.4.8", "7.4.8a"}) {
            String name = "spa50x-30x-" + version.replace('.', '-') + ".bin";
            drop(name, FirmwareImages.image(ContainerKind.SECTORS, version, 3000));
            await().atMost(SOON).until(() -> {
                Files.write(growing, new byte[] {1}, StandardOpenOption.APPEND);
                return Files.exists(images.resolve(name)) && !Files.exists(incoming.resolve(name));
            });
        }

        await().atMost(SOON).until(() -> Files.exists(incoming.resolve("refused/spa50x-30x-7-5-4.bin.reason.txt")));
        assertThat(incoming.resolve("refused/spa50x-30x-7-5-4.bin.reason.txt")).hasContent("the file is empty");
        assertThat(growing).exists();
        Files.delete(growing);
    }

    /** As a program that writes to another place first, a day ago. */
    private void drop(String name, byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve(name), bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Files.move(file, folder.resolve("data/firmware").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void image_whoseFileGoes_isNotFoundAndToldByHealthWhileAllElseGoesOn() throws Exception {
        upload("spa50x-30x-7-5-2b.bin", "", FirmwareImages.image(ContainerKind.SECTORS, "7.5.2b", 3000));
        upload("spa50x-30x-7-6-1.bin", "", FirmwareImages.image(ContainerKind.SECTORS, "7.6.1", 3000));
        hub.send(
                "PUT",
                "/api/v1/devices/000e08aabb01",
                "{\"model\":\"SPA504G\",\"settings\":{\"firmwareVersion\":\"7.6.1\"}}");
        assertThat(upgradeRule()).contains("spa50x-30x-7-5-2b.bin", "spa50x-30x-7-6-1.bin");

        Files.delete(images.resolve("spa50x-30x-7-5-2b.bin"));

        assertThat(plain("/firmware/spa50x-30x-7-5-2b.bin")).isEqualTo(404);
        await().atMost(SOON)
                .until(() -> hub.get("/api/v1/health").body().contains("there is no file spa50x-30x-7-5-2b.bin"));
        assertThat(plain("/firmware/spa50x-30x-7-6-1.bin")).isEqualTo(200);
        // Who would have to pass the image that is gone is told nothing; who has passed it goes on
        assertThat(upgradeRule())
                .isEqualTo("($SWVER ge 7.5.2b and $SWVER lt 7.6.1)? "
                        + hub.httpUrl().replace("127.0.0.1", "localhost") + "/firmware/spa50x-30x-7-6-1.bin");
    }

    @Test
    void firmwareCommand_addListShowRetire_asAnOperatorHasIt() throws Exception {
        String port = String.valueOf(hub.config().listeners().api().port());
        Map<String, String> settings =
                new java.util.HashMap<>(HubUnderTest.settings(folder.resolve("data"), overrides));
        settings.put("hub.api.port", port);
        Path set = Files.createDirectory(folder.resolve("set"));
        for (Map.Entry<String, byte[]> file : FirmwareImages.files(
                        ContainerKind.LOADS, "sip88xx.12-0-7MPP0201-66.loads", "12-0-7MPP0201-66", 3000)
                .entrySet()) {
            Files.write(set.resolve(file.getKey()), file.getValue());
        }

        assertThat(command(settings, 0, "firmware", "add", set + "/sip88xx.12-0-7MPP0201-66.loads"))
                .contains("staged sip88xx.12-0-7MPP0201-66.loads, family sip88xx, version 12-0-7MPP0201-66");
        // Not to a terminal, so without a bar
        assertThat(command(settings, 0, "firmware", "add", set + "/sip88xx.12-0-7MPP0201-66.loads"))
                .startsWith("there already: sip88xx");
        assertThat(command(
                        settings, 0, "firmware", "show", "sip88xx.12-0-7MPP0201-66.loads", "--running", "10-3-1MPP-5"))
                .contains("kern-sip88xx.12-0-7MPP0201-66.sbn", "no images lead from 10-3-1MPP-5");
        assertThat(command(settings, 0, "firmware", "retire", "sip88xx.12-0-7MPP0201-66.loads"))
                .contains("retired sip88xx");
        assertThat(command(settings, 0, "firmware", "list"))
                .contains("sip88xx.12-0-7MPP0201-66.loads", "kept: retired", "unverified");
    }

    private String command(Map<String, String> settings, int exit, String... arguments) throws Exception {
        try (HubProcess process = HubProcess.start(folder, settings, arguments)) {
            assertThat(process.awaitEnd(Duration.ofSeconds(60)))
                    .as(process.output())
                    .isEqualTo(exit);
            return process.output();
        }
    }

    private String upgradeRule() throws Exception {
        JsonNode values = JSON.readTree(
                        hub.get("/api/v1/devices/000e08aabb01/profile").body())
                .path("values");
        for (JsonNode value : values) {
            if (value.path("name").asText().equals("Upgrade_Rule")) {
                return value.path("value").asText();
            }
        }
        throw new AssertionError("no Upgrade_Rule in " + values);
    }

    private HttpResponse<String> upload(String name, String query, byte[] bytes) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        hub.api("/api/v1/firmware?name=" + name + query)
                                .header("Content-Type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private int plain(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(java.net.URI.create(hub.httpUrl() + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static ExternalProgram.Result curl(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 2];
        command[0] = "curl";
        command[1] = "-s";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return ExternalProgram.run(null, command);
    }

    private static String status(String... arguments) throws Exception {
        String[] more = Arrays.copyOf(arguments, arguments.length + 4);
        System.arraycopy(new String[] {"-o", "/dev/null", "-w", "%{http_code}"}, 0, more, arguments.length, 4);
        return curl(more).text();
    }

    /** Asks by TFTP and connects to who answers; the answer as it came. */
    private byte[] tftp(DatagramSocket phone, String name) throws Exception {
        byte[] request = ("\0\1firmware/" + name + "\0octet\0").getBytes(StandardCharsets.US_ASCII);
        phone.setSoTimeout((int) SOON.toMillis());
        phone.send(new DatagramPacket(
                request,
                request.length,
                InetAddress.getByName("127.0.0.1"),
                hub.tftp().port()));
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        phone.receive(answer);
        phone.connect(answer.getSocketAddress());
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
