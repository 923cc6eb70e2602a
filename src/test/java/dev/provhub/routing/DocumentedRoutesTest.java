package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that the pages show are routes, by Camel's own schema. */
class DocumentedRoutesTest {
    private static final Pattern ROUTE = Pattern.compile("(?ms)^```yaml\\n(- route:\\n.*?)^```");

    @Test
    void routes_ofThePages_fitTheSchema(@TempDir Path scratch) throws IOException {
        int routes = 0;
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            List<Path> all =
                    pages.filter(page -> page.toString().endsWith(".md")).toList();
            for (Path page : all) {
                Matcher blocks = ROUTE.matcher(Files.readString(page));
                while (blocks.find()) {
                    Path file = Files.writeString(scratch.resolve("shown.camel.yaml"), blocks.group(1));
                    assertThat(new RouteSchema()
                                    .check(file, YamlNode.read(file))
                                    .problems())
                            .as(page.toString())
                            .isEmpty();
                    routes++;
                }
            }
        }
        assertThat(routes).isPositive();
    }
}
