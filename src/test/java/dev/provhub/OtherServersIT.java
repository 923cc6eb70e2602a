package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./hub phone} against servers that others wrote: a folder of files behind dnsmasq and nginx, and no hub. */
class OtherServersIT {
    private static final String TFTP_HOST = FileServers.TFTP_HOST;
    private static final String KEY = "5e".repeat(32);

    @TempDir
    private Path folder;

    private FileServers servers;
    private Path files;
    private String web;

    @BeforeEach
    void start() throws Exception {
        ExternalProgram.require("openssl");
        servers = FileServers.start(folder);
        files = servers.files();
        web = servers.webUrl();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (servers != null) {
            servers.close();
        }
    }

    private void file(String name, String parameters) throws IOException {
        Files.writeString(files.resolve(name), "<flat-profile>" + parameters + "</flat-profile>");
    }

    private void sealed(String name, String md, String parameters) throws Exception {
        byte[] xml = ("<flat-profile>" + parameters + "</flat-profile>").getBytes(StandardCharsets.UTF_8);
        Files.write(
                files.resolve(name),
                ExternalProgram.run(xml, "openssl", "enc", "-e", "-aes-256-cbc", "-md", md, "-k", KEY)
                        .out());
    }

    private void images(ContainerKind kind, String name, String version) throws IOException {
        for (Map.Entry<String, byte[]> file :
                FirmwareImages.files(kind, name, version, 20_000).entrySet()) {
            Files.write(files.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void spaPhone_startsOverTftpAndEndsWithItsSealedProfileAndFirmware() throws Exception {
        file(
                "spa504G.cfg",
                "<GPP_A>" + KEY + "</GPP_A><Resync_Periodic>30</Resync_Periodic><Profile_Rule>[--key $A] " + web
                        + "/$MA.cfg</Profile_Rule>");
        sealed(
                "000e08aabbcc.cfg",
                "md5",
                "<User_ID_1_>kitchen</User_ID_1_><Upgrade_Rule>($SWVER lt 7.5.2b)? tftp://" + TFTP_HOST
                        + "/spa50x-30x-7-5-2b.bin | ($SWVER lt 7.6.2g)? " + web
                        + "/spa50x-30x-7-6-2g.bin</Upgrade_Rule>");
        images(ContainerKind.SECTORS, "spa50x-30x-7-5-2b.bin", "7.5.2b");
        images(ContainerKind.SECTORS, "spa50x-30x-7-6-2g.bin", "7.6.2g");
        Path state = folder.resolve("phone.json");

        String told = phone(
                "--model",
                "SPA504G",
                "--mac",
                "00:0E:08:AA:BB:CC",
                "--firmware",
                "7.4.8a",
                "--server",
                TFTP_HOST,
                "--explain",
                "--state",
                state.toString(),
                "--until",
                "7.6.2g");

        assertThat(told)
                .contains(
                        "Profile_Rule names no server; from the DHCP options: tftp://" + TFTP_HOST,
                        "asks for tftp://" + TFTP_HOST,
                        "/spa504G.cfg, because of Profile_Rule",
                        "took 3 parameters from tftp://",
                        "encrypted",
                        "Upgrade_Rule: ",
                        "flashed 7.5.2b over 7.4.8a",
                        "flashed 7.6.2g over 7.5.2b")
                .doesNotContain(KEY);
        assertThat(Files.readString(state)).contains("\"User_ID_1_\"", "kitchen", "7.6.2g");
    }

    @Test
    void multiplatformPhone_triesTheTailsOfItsOptionsInTheirOrder() throws Exception {
        Files.createDirectories(files.resolve("Cisco/CP-8841-3PCC"));
        file(
                "Cisco/CP-8841-3PCC/00562b043615.cfg",
                "<GPP_SA>" + KEY + "</GPP_SA><Resync_Periodic>30</Resync_Periodic><Profile_Rule>[--key $SA] " + web
                        + "/$MA.xml</Profile_Rule>");
        sealed("00562b043615.xml", "sha256", "<User_ID_1_>study</User_ID_1_>");

        String told = phone(
                "--model",
                "8841-3PCC",
                "--mac",
                "00562b043615",
                "--dhcp",
                "160=" + web,
                "--explain",
                "--until",
                "User_ID_1_=study");

        assertThat(told)
                .containsSubsequence(
                        "nothing from " + web + "/8841-3PCC.xml: file not found",
                        web + "/Cisco/CP-8841-3PCC/00562b043615.cfg",
                        web + "/00562b043615.xml");
    }

    private String phone(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("phone", "--no-certificate", "--time-scale", "100", "--for", "60"));
        all.addAll(List.of(arguments));
        try (HubProcess phone = HubProcess.start(
                folder,
                Map.of("hub.data", folder.resolve("data").toString(), "hub.log.level", "warn"),
                all.toArray(String[]::new))) {
            int exit = phone.awaitEnd(Duration.ofSeconds(90));
            assertThat(exit).as(phone.output()).isZero();
            return phone.output();
        }
    }
}
