package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several host names on one listener, as openssl sees them. */
class ServerNamesIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void needsOpenssl() {
        ExternalProgram.require("openssl");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(Arrays.asList(arguments));
        ExternalProgram.Result result = ExternalProgram.run(null, command.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return result.text();
    }

    private CommandRun command(HubUnderTest hub, String... arguments) throws Exception {
        Map<String, String> settings =
                new HashMap<>(HubUnderTest.settings(hub.config().folders().data(), Map.of()));
        settings.put("hub.api.port", "" + hub.config().listeners().api().port());
        return CommandRun.of(settings, arguments);
    }

    private String done(HubUnderTest hub, String... arguments) throws Exception {
        return command(hub, arguments).ending(0);
    }

    /** What the vendor's CA would do. */
    private Path signed(String request, String host) throws Exception {
        Path ca = folder.resolve("ca.pem");
        if (!Files.exists(ca)) {
            openssl(
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-days",
                    "3650",
                    "-subj",
                    "/CN=Some Test CA",
                    "-keyout",
                    folder.resolve("ca.key").toString(),
                    "-out",
                    ca.toString());
        }
        Path csr = Files.writeString(folder.resolve("request.csr"), request);
        Path names = Files.writeString(folder.resolve("names.ext"), "subjectAltName=DNS:" + host + "\n");
        Path one = folder.resolve("one.crt");
        openssl(
                "x509",
                "-req",
                "-in",
                csr.toString(),
                "-CA",
                ca.toString(),
                "-CAkey",
                folder.resolve("ca.key").toString(),
                "-CAcreateserial",
                "-days",
                "100",
                "-extfile",
                names.toString(),
                "-out",
                one.toString());
        return Files.writeString(folder.resolve("signed.pem"), Files.readString(one) + Files.readString(ca));
    }

    /** The subject that the listener shows. */
    private static String shown(HubUnderTest hub, Door door, String... name) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", door.of(hub).toString()));
        if (door == Door.LEGACY) {
            command.addAll(List.of("-tls1", "-cipher", "ALL:@SECLEVEL=0"));
        }
        command.addAll(List.of(name));
        String text = ExternalProgram.run("".getBytes(StandardCharsets.US_ASCII), command.toArray(String[]::new))
                .text();
        return text.lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .orElse(text)
                .replace(" ", "");
    }

    private void awaitShown(HubUnderTest hub, Door door, String subject, String... name) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shown(hub, door, name))
                .isEqualTo("subject=" + subject));
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"HTTPS", "LEGACY"})
    void furtherName_importedIntoARunningHub_isShownToWhoNamesIt(Door door) throws Exception {
        String listener = door == Door.HTTPS ? "https" : "https-legacy";
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String request = done(hub, "cert", "csr", "--listener", listener, "--name", "Other.example.net");
            String pem = request.substring(
                    request.indexOf("-----BEGIN"), request.indexOf("-----END CERTIFICATE REQUEST-----") + 34);
            Path signed = signed(pem + "\n", "other.example.net");

            assertThat(done(
                            hub,
                            "cert",
                            "import",
                            signed.toString(),
                            "--listener",
                            listener,
                            "--name",
                            "other.example.net"))
                    .contains("/other.example.net.crt is now CN=other.example.net, signed by CN=Some Test CA");

            awaitShown(hub, door, "CN=other.example.net", "-servername", "other.example.net");
            awaitShown(hub, door, "CN=other.example.net", "-servername", "OTHER.example.NET");
            awaitShown(hub, door, "CN=localhost", "-noservername");
            awaitShown(hub, door, "CN=localhost", "-servername", "localhost");
            awaitShown(hub, door, "CN=localhost", "-servername", "unknown.example.net");
            awaitShown(
                    hub,
                    door == Door.HTTPS ? Door.LEGACY : Door.HTTPS,
                    "CN=localhost",
                    "-servername",
                    "other.example.net");
            assertThat(done(hub, "cert", "list")).contains("/other.example.net", "CN=Some Test CA");

            String file = door == Door.HTTPS ? "server" : "server-legacy";
            Files.delete(folder.resolve("data/certs/" + file + "/other.example.net.crt"));
            awaitShown(hub, door, "CN=localhost", "-servername", "other.example.net");
        }
    }

    @Test
    void certificateForAnotherHost_isRefusedAndChangesNothing() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String request = done(hub, "cert", "csr", "--listener", "https", "--name", "other.example.net");
            String pem = request.substring(
                    request.indexOf("-----BEGIN"), request.indexOf("-----END CERTIFICATE REQUEST-----") + 34);
            Path csr = Files.writeString(folder.resolve("own.csr"), pem + "\n");
            Path crt = folder.resolve("own.crt");
            signed(pem + "\n", "other.example.net");
            openssl(
                    "x509",
                    "-req",
                    "-in",
                    csr.toString(),
                    "-CA",
                    folder.resolve("ca.pem").toString(),
                    "-CAkey",
                    folder.resolve("ca.key").toString(),
                    "-days",
                    "100",
                    "-subj",
                    "/CN=third.example.net",
                    "-out",
                    crt.toString());

            assertThat(command(
                                    hub,
                                    "cert",
                                    "import",
                                    crt.toString(),
                                    "--listener",
                                    "https",
                                    "--name",
                                    "other.example.net")
                            .ending(1))
                    .contains("it is for third.example.net and not for other.example.net");
            assertThat(folder.resolve("data/certs/server/other.example.net.crt"))
                    .doesNotExist();
        }
    }
}
