package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareCatalogReaderTest {
    private static final String THREE_STEPS = """
            images:
              - {file: f-5.bin, family: f, version: 5.0.0}
              - {file: f-6.bin, family: f, version: 6.0.0, from: 5.0.0}
              - {file: f-6a.bin, family: f, version: 6.0.0a, from: 5.0.0}
              - {file: f-7.bin, family: f, version: 7.0.0, from: 6.0.0}
              - {file: F-8.bin, family: f, version: 8.0.0, from: 5.0.0, parts: [kern.sbn], notes: newest}
            """;

    @TempDir
    Path folder;

    @Test
    void read_shippedCatalog_isEmpty() {
        assertThat(ShippedConfig.FIRMWARE.images()).isEmpty();
        assertThat(ShippedConfig.FIRMWARE.image("x.bin")).isEmpty();
        assertThat(ShippedConfig.FIRMWARE.path("spa942", "6.1.5(a)")).isEmpty();
    }

    @Test
    void path_severalWays_isTheShortestOverTheNewest() throws IOException {
        FirmwareCatalog catalog = read(THREE_STEPS);
        assertThat(catalog.path("f", "5.0.0")).extracting(FirmwareImage::file).containsExactly("f-5.bin");
        assertThat(catalog.path("f", "7.0.0"))
                .extracting(FirmwareImage::file)
                .containsExactly("f-5.bin", "f-6a.bin", "f-7.bin");
        assertThat(catalog.path("f", "8.0.0")).extracting(FirmwareImage::file).containsExactly("f-5.bin", "F-8.bin");
        assertThat(catalog.path("f", "9.0.0")).isEmpty();
        assertThat(catalog.path("g", "5.0.0")).isEmpty();
    }

    @Test
    void image_nameInOtherCase_isFound() throws IOException {
        FirmwareCatalog catalog = read(THREE_STEPS);
        assertThat(catalog.image("f-8.BIN").map(FirmwareImage::notes)).contains("newest");
        assertThat(catalog.file("KERN.sbn")).contains(folder.toAbsolutePath().resolve("kern.sbn"));
        assertThat(catalog.image("kern.sbn")).isEmpty();
    }

    @Test
    void read_missingFile_isRefusedWithFileAndLine() throws IOException {
        assertThatThrownBy(() -> readOnly("""
                images:
                  - {file: gone.bin, family: f, version: 5.0.0}
                """)).hasMessageContaining("catalog.yaml:2: there is no file gone.bin in");
    }

    @Test
    void read_versionThatNothingLeadsTo_isRefused() {
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-4.bin, family: f, version: 4.0.0}
                  - {file: f-7.bin, family: f, version: 7.0.0, from: 6.0.0}
                """))
                .hasMessageContaining("catalog.yaml:3: no image leads to 6.0.0, which f-7.bin needs");
    }

    @Test
    void read_malformedEntries_areRefused() {
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, from: 7.0.0}]"))
                .hasMessageContaining("'from' 7.0.0 is not a full version below 7.0.0");
        assertThatThrownBy(() -> read("images: [{file: ../f.bin, family: f, version: 7.0.0}]"))
                .hasMessageContaining("may hold letters");
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, sha256: abc}]"))
                .hasMessageContaining("64 lower-case hex digits");
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-7.bin, family: f, version: 7.0.0(a)}
                  - {file: f-8.bin, family: f, version: 7.0.0a}
                """)).hasMessageContaining("version 7.0.0(a) of family f is there twice");
    }

    private FirmwareCatalog read(String catalog) throws IOException {
        for (String file :
                new String[] {"f-4.bin", "f-5.bin", "f-6.bin", "f-6a.bin", "f-7.bin", "f-8.bin", "F-8.bin", "kern.sbn"
                }) {
            Files.writeString(folder.resolve(file), file);
        }
        return readOnly(catalog);
    }

    private FirmwareCatalog readOnly(String catalog) throws IOException {
        return FirmwareCatalogReader.read(Files.writeString(folder.resolve("catalog.yaml"), catalog));
    }
}
