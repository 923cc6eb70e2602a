package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of routes by {@code ./hub test-routes}: the shipped ones, and ones that must fail. */
class RouteTestsIT {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.of(Map.of("HUB_ROUTES_SITE", folder.resolve("site").toString()), arguments);
    }

    @Test
    void shippedTests_allPass() {
        CommandRun ended = run("test-routes");

        assertThat(ended.output())
                .contains(
                        "ok   an order is taken, and its device gets its key",
                        "ok   an ordered phone gets its key and then, sealed, its own profile",
                        "ok   what is changed for a device is there after its next resync")
                .doesNotContain(" INFO ");
        assertThat(ended.output()).as(ended.output()).contains("all good.").doesNotContain("FAIL");
        assertThat(ended.exit()).isZero();
    }

    @Test
    void profileThatAScriptChanges_isSeenByAPhone() throws Exception {
        Path ext = Files.createDirectories(folder.resolve("ext"));
        Files.writeString(
                ext.resolve("voice-mail.groovy"), "message.body = body.withText('Display_Name_1_', 'At home')\n");
        Path own = Files.createDirectories(folder.resolve("site/devices")).resolve("answer-profile.camel.yaml");
        String shipped = Files.readString(Path.of("routes/devices/answer-profile.camel.yaml"));
        String composed =
                shipped.substring(shipped.indexOf("        - bean:\n            id: answer-profile-compose\n"));
        composed = composed.substring(0, composed.indexOf("        - ", 12));
        Files.writeString(
                own,
                shipped.replace(
                        composed,
                        composed + "        - bean:\n            id: answer-profile-voice-mail\n"
                                + "            ref: voice-mail\n"));
        Files.writeString(folder.resolve("own.test.yaml"), """
                - test: the number is that of the script
                  steps:
                    - csv: |
                        externalId,macAddress,deviceModel,sipUser,sipPassword,sipDomain
                        OWN-1,000e08aabb04,CP-8841-3PCC,4989123458,not-a-real-password,sip.example.net
                    - phone:
                        mac: 000e08aabb04
                        model: "8841"
                      expect:
                        steps: [answer-profile-compose, answer-profile-voice-mail]
                        parameters:
                          Display_Name_1_: At home
                    - phone:
                        mac: 000e08aabb04
                      expect:
                        parameters:
                          Display_Name_1_: At work
                          Password_1_: something-else
                """);

        CommandRun ended = CommandRun.of(
                Map.of("HUB_ROUTES_SITE", folder.resolve("site").toString(), "HUB_EXT", ext.toString()),
                "test-routes",
                folder.resolve("own.test.yaml").toString());

        assertThat(ended.output().lines().toList())
                .containsExactly(
                        "FAIL the number is that of the script",
                        "     " + folder.resolve("own.test.yaml")
                                + ":14: phone: parameter Display_Name_1_ is 'At home', expected 'At work'",
                        "     " + folder.resolve("own.test.yaml")
                                + ":14: phone: parameter Password_1_ is another one than expected",
                        "1 tests, 1 failed.");
    }

    @Test
    void testThatExpectsOtherwise_failsWithFileLineAndBoth() throws Exception {
        Files.writeString(folder.resolve("own.test.yaml"), """
                - test: everything is made of gold
                  steps:
                    - ask:
                        path: /spa504G.cfg
                      expect:
                        status: 404
                        contains: [gold]
                        headers:
                          X-Metal: gold
                        properties:
                          hubKind: gold
                        steps: [decide, identify]
                """);

        CommandRun ended = run("test-routes", folder.toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "FAIL everything is made of gold",
                        "own.test.yaml:4: ask: status is 200, expected 404",
                        "the answer does not contain 'gold'",
                        "header X-Metal is not there, expected gold",
                        "property hubKind is bootstrap, expected gold",
                        "step identify did not run, or not in this order",
                        "1 tests, 1 failed.");
    }
}
