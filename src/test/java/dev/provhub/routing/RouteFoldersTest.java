package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteFoldersTest {
    @TempDir
    private Path folder;

    private RouteFolders folders() throws IOException {
        Path shipped = Files.createDirectories(folder.resolve("routes/orders"));
        Files.writeString(shipped.resolve("take-in.camel.yaml"), "[]");
        Files.createDirectories(folder.resolve("site"));
        return new RouteFolders(folder.resolve("routes"), folder.resolve("site"), folder.resolve("ext"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"take-mine.camel.yml", "take-mine.yml", "take-mine.yaml", "take-mine.kamelet.yml"})
    void read_fileOfAnotherEnding_isWarnedOfAndNoticed(String name) throws IOException {
        RouteFolders folders = folders();
        String before = folders.stamp();
        assertThat(folders.read().warnings()).isEmpty();

        Path odd = Files.writeString(folder.resolve("site").resolve(name), "[]");

        assertThat(folders.stamp()).isNotEqualTo(before);
        assertThat(folders.read().files()).hasSize(1);
        assertThat(folders.read().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.file()).isEqualTo(odd);
            assertThat(warning.reason()).contains("is not looked at", ".camel.yaml");
        });
    }

    @Test
    void read_filesOfKnownEndings_areNotWarnedOf() throws IOException {
        RouteFolders folders = folders();
        Files.writeString(folder.resolve("site/own.test.yaml"), "[]");
        Files.writeString(folder.resolve("site/own-sink.kamelet.yaml"), "{}");
        assertThat(folders.read().warnings()).isEmpty();
    }
}
