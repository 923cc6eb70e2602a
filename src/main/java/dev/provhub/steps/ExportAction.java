package dev.provhub.steps;

import dev.provhub.device.MacAddress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Writes devices into a file, which appears when it is whole. */
final class ExportAction implements BulkAction {
    private final DeviceCsv csv;
    private final Path file;
    private final Path part;
    private final BufferedWriter writer;
    private String next = "";

    /** Begins the file with its header. */
    ExportAction(DeviceCsv csv, Path file) {
        this.csv = csv;
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.writer = Files.newBufferedWriter(part);
            writer.write(DeviceCsv.header());
        } catch (IOException e) {
            throw new UncheckedIOException("an export cannot be written", e);
        }
    }

    /** The file of a job. */
    static Path file(Path folder, String job) {
        return folder.resolve(job + ".csv");
    }

    /** Takes files away that are older than a time. */
    static void forgetBefore(Path folder, Instant time) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.toList()) {
                if (Files.getLastModifiedTime(old).toInstant().isBefore(time)) {
                    Files.deleteIfExists(old);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old exports cannot be taken away", e);
        }
    }

    @Override
    public Result apply(List<MacAddress> devices) {
        next = csv.rows(devices);
        return Result.changed(0);
    }

    /** Only now: a unit of work that was taken back is done again. */
    @Override
    public void kept() {
        try {
            writer.write(next);
        } catch (IOException e) {
            throw new UncheckedIOException("an export cannot be written", e);
        }
    }

    @Override
    public void ended(boolean done) {
        try {
            writer.close();
            if (done) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an export cannot be written", e);
        }
    }
}
