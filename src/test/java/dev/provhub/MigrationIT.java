package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From hand-made files to a hub that serves the same, with the commands that the how-to names. */
class MigrationIT {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of("hub.config", folder.resolve("config").toString()));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void importProfile_thenLoad_servesWhatTheFilesSaid() throws Exception {
        Path present = Files.createDirectories(folder.resolve("old/SPA504G"));
        for (int i = 1; i <= 3; i++) {
            Files.writeString(present.resolve("000e0800000" + i + ".xml"), """
                    <flat-profile>
                    <Profile_Rule>http://old.example.net/$MA.xml</Profile_Rule>
                    <Time_Format>12hr</Time_Format>
                    <Station_Name>Room %d</Station_Name>
                    <User_ID_1_>10%d</User_ID_1_>
                    <Password_1_>geheim-%d</Password_1_>
                    <Proxy_1_>sip.example.net</Proxy_1_>
                    </flat-profile>
                    """.formatted(i, i, i));
        }
        Path spc = Files.createDirectories(folder.resolve("old/SPA942")).resolve("000e08000009.txt");
        Files.writeString(spc, """
                Time_Format "12hr" ;
                User_ID[1] "109" ;
                Password[1] "geheim-9" ;
                Proxy[1] "sip.example.net" ;
                """);
        Path out = folder.resolve("new");

        assertThat(command(
                        "device",
                        "import-profile",
                        "--out",
                        out.toString(),
                        present.resolve("000e08000001.xml").toString(),
                        present.resolve("000e08000002.xml").toString(),
                        present.resolve("000e08000003.xml").toString(),
                        spc.toString()))
                .startsWith(
                        "4 files read: 0 values shared by all, 1 by a model, 4 of single devices, 4 lines, 3 left out");
        assertThat(Files.readString(out.resolve("layers/model/SPA504G.yaml"))).contains("  Time_Format: \"12hr\"\n");
        assertThat(Files.readString(out.resolve("left-out.txt")))
                .contains("000e08000001.xml:2: Profile_Rule: Profile_Rule is set by the hub itself");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("phones.csv"))))
                .isEqualTo("rw-------");
        Folders.copy(out.resolve("layers"), folder.resolve("config/layers"));
        assertThat(command("device", "load", out.toString()))
                .isEqualTo("4 devices taken, 0 refused; 4 lines taken, 0 refused");
        assertThat(command("device", "load", out.toString())).as("again").startsWith("4 devices taken, 0 refused");
        // Each look starts a program of its own: how soon an edit counts is another test's matter
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(command("device", "preview", "000e08000002"))
                        .contains(
                                "Time_Format = '12hr'  [layers/model/SPA504G.yaml:4]",
                                "Station_Name = 'Room 2'  [device]",
                                "User_ID_1_ = '102'",
                                "Password_1_ = '********'")
                        .doesNotContain("geheim"));
        assertThat(command("device", "preview", "000e08000002", "--with", "00:0e:08:00:00:03"))
                .contains("Station_Name\n  - 'Room 2'  [device]\n  + 'Room 3'  [device]", "User_ID_1_");
        assertThat(command("device", "preview", "000e08000009", "--rendered"))
                .contains("<Time_Format>12hr</Time_Format>", "<User_ID_1_>109</User_ID_1_>");
        assertThat(command("device", "preview", "000e08000009", "--spc"))
                .contains("Time_Format \"12hr\" ;", "Password[1] \"********\" ;");
        assertThat(command("device", "spc", "000e08000009")).contains("Password[1] \"geheim-9\" ;");
        assertThat(command("device", "history", "000e08000009")).isEqualTo("nothing was given yet");
        assertThat(command("layer", "status")).contains("nothing is held");
        save("plan/office.yaml", "description: x\nvalues:\n  Station_Name: Reception\n");
        assertThat(command("layer", "dry-run", folder.resolve("config/layers").toString(), "--device", "000e08000001"))
                .startsWith("0 devices change with")
                .endsWith("no difference");
        // A copy: what is saved in the hub's own folder is in force before a program has started
        Path edit = folder.resolve("edit");
        Folders.copy(folder.resolve("config/layers"), edit);
        Files.writeString(edit.resolve("base/x.yaml"), "description: x\nvalues:\n  Voice_Mail_Number: \"800\"\n");
        assertThat(command("layer", "dry-run", edit.toString(), "--device", "000e08000001"))
                .contains("4 devices change with base/x.yaml", "   3  model SPA504G", "Voice_Mail_Number\n  - not set");
    }

    @Test
    void importProfile_mistakes_areRefusedInOneLine() throws Exception {
        Path file = folder.resolve("phone.xml");
        Files.writeString(file, "<flat-profile/>");
        assertThat(refused("device", "import-profile", "--out", "x", file.toString()))
                .startsWith("hub: " + file + ": whose is it? Twelve hex digits in its name");
        Path unknown = folder.resolve("000e08000001.xml");
        Files.writeString(unknown, "<flat-profile/>");
        assertThat(refused("device", "import-profile", "--out", "x", unknown.toString()))
                .contains("which model is it? Give --model");
        assertThat(refused("device", "import-profile", "--out", "x", "--model", "SPA1", unknown.toString()))
                .startsWith("hub: --model 'SPA1' is not in models.yaml");
        Files.writeString(unknown, "<flat-profile><a>");
        assertThat(refused("device", "import-profile", "--out", "x", "--model", "SPA942", unknown.toString()))
                .startsWith("hub: " + unknown + ": line 1: is not well-formed XML");
    }

    @Test
    void device_putAndPatched_isCheckedAndKept() throws Exception {
        String path = "/api/v1/devices/000e08000021";
        assertThat(hub.send(
                                "PUT",
                                path,
                                "{\"model\":\"spa-942\",\"plan\":\"office\",\"settings\":{\"Station_Name\":\"a\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.send("PATCH", path, "{\"settings\":{\"Time_Format\":\"12hr\",\"extra:New_One\":\"1\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(command("device", "preview", "000e08000021"))
                .contains(
                        "Station_Name = 'a'  [device]",
                        "Time_Format = '12hr' (ua rw)  [device]",
                        "New_One = '1'  [device]");
        assertThat(hub.send("PATCH", path, "{\"settings\":{\"Station_Name\":null}}")
                        .body())
                .contains("\"settings\":{\"Time_Format\":\"12hr\"}", "\"secretSettings\":[\"extra:New_One\"]");
        Map<String, String> mistakes = Map.of(
                "{\"settings\":{\"Time_Format\":\"noon\"}}",
                        "Time_Format cannot be 'noon': allowed is one of 12hr, 24hr",
                "{\"settings\":{\"Colour\":\"red\"}}", "there is no parameter 'Colour'",
                "{\"settings\":{\"GPP_P\":\"1\"}}", "GPP_P is set by the hub itself",
                "{\"settings\":{\"Time_Format\":5}}", "setting Time_Format is not a text or null",
                "{\"colour\":1}", "field 'colour' is none of labels, model, plan, serial, settings, tenant, timeZone",
                "{\"model\":\"SPA302D\"}", "model SPA302D takes no profile",
                "[]", "the body is no JSON object",
                "{\"settings\":[]}", "field 'settings' is no JSON object of texts by parameter",
                "{", "the body is not JSON");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            HttpResponse<String> answer = hub.send("PATCH", path, mistake.getKey());
            assertThat(answer.statusCode()).as(mistake.getKey()).isEqualTo(422);
            assertThat(answer.body()).contains(mistake.getValue());
        }
        assertThat(hub.send("PATCH", "/api/v1/devices/000e08000022", "{}").statusCode())
                .isEqualTo(404);
    }

    private String command(String... arguments) throws Exception {
        return CommandRun.of(settings(), arguments).ending(0).strip();
    }

    private String refused(String... arguments) throws Exception {
        return CommandRun.of(settings(), arguments).ending(2).strip();
    }

    private Map<String, String> settings() {
        return Map.of(
                "hub.data", folder.resolve("data").toString(),
                "hub.config", folder.resolve("config").toString(),
                "hub.api.port", "" + hub.config().listeners().api().port());
    }

    private void save(String path, String text) throws IOException {
        Files.writeString(folder.resolve("config/layers").resolve(path), text);
    }
}
