package dev.provhub.command;

import dev.provhub.firmware.container.ContainerException;
import dev.provhub.firmware.container.LoadsList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A list of firmware files and the files that lie beside it, as one archive. */
final class FirmwareSet {
    private FirmwareSet() {}

    /** A new temporary archive; empty when a file is no list that names files beside it. The hub says what is wrong with a list. */
    static Optional<Path> packed(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.toLowerCase(Locale.ROOT).endsWith(".loads")) {
            return Optional.empty();
        }
        List<Path> beside;
        try {
            beside = LoadsList.read(file).stream()
                    .map(file.toAbsolutePath()::resolveSibling)
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (ContainerException e) {
            return Optional.empty();
        }
        if (beside.isEmpty()) {
            return Optional.empty();
        }
        Path archive = Files.createTempFile("firmware", ".zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            // Such files are compressed already
            zip.setLevel(0);
            add(zip, file);
            for (Path part : beside) {
                add(zip, part);
            }
        }
        return Optional.of(archive);
    }

    private static void add(ZipOutputStream zip, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(String.valueOf(file.getFileName())));
        Files.copy(file, zip);
        zip.closeEntry();
    }
}
