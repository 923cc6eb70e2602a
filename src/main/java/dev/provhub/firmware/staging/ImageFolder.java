package dev.provhub.firmware.staging;

import dev.provhub.firmware.staging.StagingResult.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that images are served from. What lies in it is never overwritten. */
record ImageFolder(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);

    /** The file of a name, case ignored, as devices ask for it. */
    Optional<Path> find(String name) throws IOException {
        Path exact = folder.resolve(name);
        if (Files.exists(exact)) {
            return Optional.of(exact);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    /** Refuses files of which another one has the place. */
    void check(List<Unpacked.Item> items) throws IOException, RefusalException {
        for (Unpacked.Item item : items) {
            isThere(item);
        }
    }

    /**
     * Puts files in their places, all or none.
     *
     * @return those that were not there before
     */
    List<Path> place(List<Unpacked.Item> items) throws IOException, RefusalException {
        List<Path> placed = new ArrayList<>();
        try {
            for (Unpacked.Item item : items) {
                Path to = folder.resolve(item.file().name());
                if (isThere(item) || !link(item, to)) {
                    continue;
                }
                placed.add(to);
            }
            return placed;
        } catch (IOException | RefusalException e) {
            takeBack(placed);
            throw e;
        }
    }

    /** Deletes what was put in its place, since what belongs to it could not be. */
    void takeBack(List<Path> placed) {
        for (Path file : placed) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("A file is left in the folder of the images, where nothing leads to it file={}", file, e);
            }
        }
    }

    private boolean isThere(Unpacked.Item item) throws IOException, RefusalException {
        Optional<Path> present = find(item.file().name());
        if (present.isEmpty()) {
            return false;
        }
        boolean isSame = Files.isRegularFile(present.get())
                && Files.size(present.get()) == item.file().length()
                && Workshop.sha256(present.get()).equals(item.file().sha256());
        if (isSame && !present.get().equals(folder.resolve(item.file().name()))) {
            throw new RefusalException(
                    Why.CONFLICT,
                    "the same is there as " + present.get().getFileName()
                            + "; allowed: just that name, as devices ask without regard to case");
        }
        if (!isSame) {
            throw new RefusalException(
                    Why.CONFLICT,
                    "there is another file " + present.get().getFileName()
                            + " with other content; phones do not load the same URL twice, so another image needs another name");
        }
        return true;
    }

    /** A second name for the file in the workshop: whole from the first moment, and never over another file. */
    private boolean link(Unpacked.Item item, Path to) throws IOException, RefusalException {
        try {
            Files.createLink(to, item.at());
            return true;
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker
            return !isThere(item);
        } catch (UnsupportedOperationException | IOException e) {
            return move(item, to);
        }
    }

    /** On a file system without links. Not as an atomic move, which would be over another file. */
    private boolean move(Unpacked.Item item, Path to) throws IOException, RefusalException {
        try {
            Files.move(item.at(), to);
            return true;
        } catch (FileAlreadyExistsException e) {
            return !isThere(item);
        }
    }

    /**
     * Writes a record, whole or not at all.
     *
     * @return its file when there was none before
     */
    Optional<Path> record(StagedImage image) throws IOException {
        Path records = Files.createDirectories(folder.resolve(StagedImage.FOLDER));
        Path work = Files.createDirectories(folder.resolve(Workshop.FOLDER));
        // In a folder of its own, so that the file has the rights that other users of the folder need
        Path alone = Files.createTempDirectory(work, "r");
        Path part = alone.resolve("record");
        Path to = records.resolve(image.file().name() + ".yaml");
        boolean isNew = !Files.exists(to);
        try {
            Files.writeString(part, image.toYaml(), StandardCharsets.UTF_8);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return isNew ? Optional.of(to) : Optional.empty();
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(alone);
        }
    }

    /**
     * Deletes an image: its record, and then its files but those that others need.
     *
     * @param needed names of files of images that nobody staged, in lower case
     */
    void delete(StagedImage image, List<StagedImage> all, Set<String> needed) throws IOException {
        Files.deleteIfExists(
                folder.resolve(StagedImage.FOLDER).resolve(image.file().name() + ".yaml"));
        Files.deleteIfExists(folder.resolve(image.file().name()));
        for (StagedImage.File part : image.parts()) {
            boolean shared = all.stream()
                            .filter(other ->
                                    !other.file().name().equals(image.file().name()))
                            .anyMatch(other -> other.parts().stream()
                                    .anyMatch(file -> file.name().equals(part.name())))
                    || needed.contains(NamedVersion.lower(part.name()));
            if (!shared) {
                Files.deleteIfExists(folder.resolve(part.name()));
            }
        }
    }
}
