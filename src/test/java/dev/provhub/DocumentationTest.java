package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say is there, is there. */
class DocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```yaml\\n(.*?)^ *```");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CODE_MAP_ROW = Pattern.compile("(?m)^[|] (`[^|]*`[^|]*) [|]");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String start : new String[] {"docs", "routes", "config", "firmware"}) {
            try (Stream<Path> files = Files.walk(Path.of(start))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        pages.add(Path.of("README.md"));
        pages.add(Path.of("CHANGELOG.md"));
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void yamlBlocks_areYaml(Path page, @TempDir Path scratch) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            Path file = Files.writeString(
                    scratch.resolve("block.yaml"), blocks.group(2).replaceAll("(?m)^" + blocks.group(1), ""));
            assertThat(dev.provhub.config.YamlNode.read(file).isNull())
                    .as(page + ": " + blocks.group(2))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadToFiles(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            Path base = page.getParent() == null ? Path.of("") : page.getParent();
            assertThat(base.resolve(links.group(1))).as("link in " + page).exists();
        }
    }

    @Test
    void decisions_haveNumbersOfTheirOwn() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/decisions"))) {
            List<String> numbers = files.map(
                            file -> file.getFileName().toString().substring(0, 4))
                    .toList();
            assertThat(numbers).isNotEmpty().doesNotHaveDuplicates().allMatch(number -> number.matches("\\d{4}"));
        }
    }

    @Test
    void codeMap_namesEveryPackage() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher rows = CODE_MAP_ROW.matcher(Files.readString(Path.of("docs/architecture.md")));
        while (rows.find()) {
            Matcher names = Pattern.compile("`([a-z]+)[.`]").matcher(rows.group(1));
            while (names.find()) {
                named.add(names.group(1));
            }
        }
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/provhub"))) {
            Set<String> packages = files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).isEqualTo(packages);
        }
    }

    @Test
    void readmeRoute_isTheShippedOne() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        List<String> shipped = Files.readAllLines(Path.of("routes/devices/serve-tftp.camel.yaml"));

        assertThat(shipped).containsSubsequence(block.group(2).strip().lines().toList());
    }
}
