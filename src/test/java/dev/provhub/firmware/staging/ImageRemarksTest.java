package dev.provhub.firmware.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is odd of images that were described by hand. */
class ImageRemarksTest {
    private static final byte[] WHOLE = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100);

    @TempDir
    private Path folder;

    private List<String> remarks(String file, byte[] content, String version) throws IOException {
        FirmwareFamily family =
                new FirmwareFamily("f", FirmwareFamily.Container.SECTORS, null, List.of(), Map.of(), null, List.of());
        Path path = Files.write(folder.resolve(file), content);
        return ImageRemarks.of(
                new FirmwareImage(file, path, "f", FirmwareVersion.parse(version), null, List.of(), null, ""), family);
    }

    @Test
    void of_imageAsItIsDescribed_isNothing() throws IOException {
        assertThat(remarks("a-7-6-2g.bin", WHOLE, "7.6.2g")).isEmpty();
        assertThat(remarks("A_7.6.2G.bin", WHOLE, "7.6.2(g)")).isEmpty();
    }

    @Test
    void of_nameWithoutTheVersion_saysWhy() throws IOException {
        assertThat(remarks("a-7-6-2.bin", WHOLE, "7.6.2g"))
                .containsExactly(
                        "its name does not hold the version 7.6.2g, by which phones tell one image from another");
    }

    @Test
    void of_otherVersionInside_namesBoth() throws IOException {
        assertThat(remarks("a-7-6-2e.bin", WHOLE, "7.6.2e"))
                .containsExactly("it is of version 7.6.2g, and is said to be 7.6.2e");
    }

    @Test
    void of_pageThatWasSavedAsAnImage_saysThatItIsNone() throws IOException {
        assertThat(remarks("a-7-6-2g.bin", "<html>".getBytes(StandardCharsets.US_ASCII), "7.6.2g"))
                .singleElement()
                .asString()
                .startsWith("it is not a whole image of its family: ");
    }

    @Test
    void of_fileThatCannotBeRead_saysSo() {
        FirmwareFamily family =
                new FirmwareFamily("f", FirmwareFamily.Container.SECTORS, null, List.of(), Map.of(), null, List.of());
        FirmwareImage gone = new FirmwareImage(
                "a-1-0-0.bin",
                folder.resolve("a-1-0-0.bin"),
                "f",
                FirmwareVersion.parse("1.0.0"),
                null,
                List.of(),
                null,
                "");

        assertThat(ImageRemarks.of(gone, family)).singleElement().asString().startsWith("it cannot be read: ");
    }
}
