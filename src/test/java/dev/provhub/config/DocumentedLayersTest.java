package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Layers that pages show are layers, and the page of the base layer leaves nothing out. */
class DocumentedLayersTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n( *description: .*?)```", Pattern.DOTALL);
    private static final Path LAYERS = Path.of("config/layers");

    @Test
    void blocksThatAreLayers_areRead() throws IOException {
        List<String> blocks = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher matcher = BLOCK.matcher(Files.readString(page));
                while (matcher.find()) {
                    blocks.add(matcher.group(1).stripIndent());
                }
            }
        }
        assertThat(blocks).hasSizeGreaterThan(2);
        for (String block : blocks) {
            Map<String, String> texts = new TreeMap<>(new TextFiles(LAYERS, ".yaml", 2).texts());
            texts.put("tenant/documented.yaml", block);
            assertThatCode(() -> LayersReader.read(
                            LAYERS, texts, ShippedConfig.MODELS, ShippedConfig.DICTIONARY, ShippedConfig.FIRMWARE))
                    .as(block)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void baseLayer_isExplainedLineByLine() throws IOException {
        String page = Files.readString(Path.of("docs/reference/base-layer.md"));
        try (Stream<Path> files = Files.list(LAYERS.resolve("base"))) {
            for (Path file : files.toList()) {
                assertThat(page).contains("## `" + file.getFileName() + "`");
                YamlNode node = YamlNode.read(file);
                for (String part : new String[] {
                    "settings", "values", "values-where-delays-are-lists", "values-where-delays-are-single"
                }) {
                    node.find(part)
                            .ifPresent(values -> values.entries().keySet().forEach(name -> assertThat(page)
                                    .contains("`" + name)));
                }
            }
        }
    }
}
