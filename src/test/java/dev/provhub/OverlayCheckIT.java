package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./hub check} says of a site's own route files. */
class OverlayCheckIT {
    @TempDir
    private Path folder;

    private CommandRun hub(String... arguments) {
        return CommandRun.of(
                Map.of(
                        "HUB_ROUTES", folder.resolve("routes").toString(),
                        "HUB_ROUTES_SITE", folder.resolve("site").toString()),
                arguments);
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void check_whenALayerIsWrong_tellsMistakesOfRoutesToo() throws Exception {
        Folders.copy(Path.of("routes"), folder.resolve("routes"));
        Folders.configWith(folder.resolve("config"), "plan/gold");
        Files.writeString(folder.resolve("config/layers/plan/gold.yaml"), """
                description: Gold
                values:
                  Time_Formt: 24hr
                """);
        edit(folder.resolve("routes/devices/answer-device.camel.yaml"), "ref: identify", "reff: identify");
        CommandRun wrong = CommandRun.of(
                Map.of(
                        "HUB_ROUTES", folder.resolve("routes").toString(),
                        "HUB_CONFIG", folder.resolve("config").toString()),
                "check");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.output())
                .contains("gold.yaml:3:3: there is no parameter 'Time_Formt'; did you mean Time_Format?")
                .contains("there is no 'reff' here")
                .contains("2 problems.");
    }

    @Test
    void check_ofAnOverlay_tellsMistakesWithTheirPlaceAndWhatAnUpgradeHasChanged() throws Exception {
        Folders.copy(Path.of("routes"), folder.resolve("routes"));
        assertThat(hub("routes", "override", "answer-device").exit()).isZero();
        Path own = folder.resolve("site/devices/answer-device.camel.yaml");

        edit(own, "ref: identify", "ref: identfy");
        CommandRun wrong = hub("check");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.output())
                .contains(own + ":22:18: there is no step or bean 'identfy'; did you mean 'identify'?")
                .contains("1 problems.");

        edit(own, "ref: identfy", "ref: identify");
        edit(
                folder.resolve("routes/devices/answer-device.camel.yaml"),
                "routePolicy: requestMeters",
                "routePolicy: requestMeters\n    logMask: \"true\"");
        CommandRun behind = hub("check");
        assertThat(behind.exit()).isZero();
        assertThat(behind.output())
                .contains("All files are good.")
                .contains("note: " + own + " has fallen behind ")
                .containsPattern("\n +\\+ +logMask: \"true\"\n")
                .contains("'./hub routes adopt answer-device.camel.yaml'");
    }
}
