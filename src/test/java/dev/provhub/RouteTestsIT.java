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

        assertThat(ended.output()).contains("ok   an order is taken, and its device gets its key");
        assertThat(ended.output()).as(ended.output()).contains("all good.").doesNotContain("FAIL");
        assertThat(ended.exit()).isZero();
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
