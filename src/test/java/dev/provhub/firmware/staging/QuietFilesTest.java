package dev.provhub.firmware.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuietFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    private final QuietFiles quiet = new QuietFiles(Duration.ofSeconds(30), Clock.fixed(NOW, ZoneOffset.UTC));

    private Path written(String name, long secondsAgo) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {1, 2});
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsAgo)));
        return file;
    }

    @Test
    void isQuiet_fileThatIsWritten_isNotUntilTheTimeHasPassed() throws IOException {
        assertThat(quiet.isQuiet(written("a.bin", 0))).isFalse();
        assertThat(quiet.isQuiet(written("a.bin", 29))).isFalse();
        assertThat(quiet.isQuiet(written("a.bin", -3))).isFalse();
        assertThat(quiet.isQuiet(written("a.bin", 30))).isTrue();
        assertThat(quiet.isQuiet(written("a.bin", -86_400))).isTrue();
    }

    @Test
    void isQuiet_listOfFiles_waitsForTheOthersToo() throws IOException {
        Path list = written("a.loads", 60);
        written("b.sbn", 5);
        Files.createDirectory(folder.resolve("refused"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

        assertThat(quiet.isQuiet(list)).isFalse();
        assertThat(quiet.isQuiet(written("other.bin", 60))).isTrue();
        written("b.sbn", 30);
        assertThat(quiet.isQuiet(list)).isTrue();
    }

    @Test
    void isQuiet_listWithAllItsFiles_waitsForNoOther() throws IOException {
        Path list = Files.writeString(folder.resolve("a.loads"), "b.sbn\nc.sbn\n");
        Files.setLastModifiedTime(list, FileTime.from(NOW.minusSeconds(60)));
        written("b.sbn", 60);
        written("other.zip", 0);

        assertThat(quiet.isQuiet(list))
                .as("c.sbn is missing, and may be what grows")
                .isFalse();
        written("c.sbn", 5);
        assertThat(quiet.isQuiet(list)).isFalse();
        written("c.sbn", 30);
        assertThat(quiet.isQuiet(list)).isTrue();
    }

    @Test
    void isQuiet_fileThatIsGone_isLeftToWhoReadsIt() throws IOException {
        assertThat(quiet.isQuiet(folder.resolve("gone.bin"))).isTrue();
    }
}
