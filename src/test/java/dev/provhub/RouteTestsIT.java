package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.command.HubCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tests of routes by {@code ./hub test-routes}: the shipped ones, and ones that must fail. */
class RouteTestsIT {
    @TempDir
    private Path folder;

    /** Exit code and what was printed. */
    private record Ended(int code, String text) {}

    private Ended run(String... arguments) {
        OldTls.allow();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            int code = new CommandLine(new HubCommand(
                            new Launcher(Clock.systemUTC()),
                            Path.of("").toAbsolutePath(),
                            Map.of("HUB_ROUTES_SITE", folder.resolve("site").toString()),
                            Clock.systemUTC()))
                    .execute(arguments);
            return new Ended(code, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void shippedTests_allPass() {
        Ended ended = run("test-routes");

        assertThat(ended.text()).contains("ok   an order is taken, and its device gets its key");
        assertThat(ended.text()).as(ended.text()).contains("all good.").doesNotContain("FAIL");
        assertThat(ended.code()).isZero();
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

        Ended ended = run("test-routes", folder.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.text())
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
