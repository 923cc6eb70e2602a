package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/how-to/test-routes-in-java.md is a test that runs. */
class JavaRouteTestPageTest {
    @Test
    void page_showsTheTestAndTheRouteThatRun() throws Exception {
        String page = Files.readString(Path.of("docs/how-to/test-routes-in-java.md"));

        assertThat(page)
                .contains(indented(Path.of("src/test/java/site/SiteRoutesTest.java")))
                .contains(indented(Path.of("src/test/routes/take-site-events.camel.yaml")));
    }

    private static String indented(Path file) throws Exception {
        return Files.readString(file).indent(3).replaceAll("(?m)^ +$", "");
    }
}
