package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every threat on the trust page names a test that is there. */
class SecurityPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([STRIDE]) \\|.*\\|([^|]*)\\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)[.](\\w+)`");

    @Test
    void threats_nameTestsThatExist() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/explanation/security.md")));
        Set<String> kinds = new java.util.TreeSet<>();
        while (rows.find()) {
            kinds.add(rows.group(1));
            Matcher named = NAMED.matcher(rows.group(2));
            assertThat(named.find()).as("a test in " + rows.group()).isTrue();
            do {
                assertThat(source(named.group(1))).as(named.group()).contains("    void " + named.group(2) + "(");
            } while (named.find());
        }

        assertThat(kinds).containsExactlyInAnyOrder("S", "T", "R", "I", "D", "E");
    }

    private static String source(String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<Path> found =
                    files.filter(file -> file.endsWith(testClass + ".java")).toList();
            assertThat(found).as(testClass).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
