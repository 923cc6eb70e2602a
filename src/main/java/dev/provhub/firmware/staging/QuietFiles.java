package dev.provhub.firmware.staging;

import dev.provhub.firmware.container.ContainerException;
import dev.provhub.firmware.container.LoadsList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether what was dropped may be looked at: a file that somebody is still writing looks like one that is damaged.
 *
 * @param quiet for how long nothing may have been written to it
 */
public record QuietFiles(Duration quiet, Clock clock) {
    private static final String LIST = ".loads";

    /**
     * Whether nobody has written to the file for long enough. A list waits for the files that it names too; while one of them is not
     * there, for every file beside it, since any may become the missing one.
     *
     * @throws IOException when its folder cannot be read
     */
    public boolean isQuiet(Path file) throws IOException {
        if (!isQuietItself(file)) {
            return false;
        }
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(LIST)) {
            return true;
        }
        for (Path one : awaited(file)) {
            if (!isQuietItself(one)) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> awaited(Path list) throws IOException {
        List<Path> named = named(list);
        if (!named.isEmpty() && named.stream().allMatch(Files::exists)) {
            return named;
        }
        try (Stream<Path> files = Files.list(list.toAbsolutePath().getParent())) {
            return files.toList();
        }
    }

    /** None when it cannot be read: then the reason is told by who stages it. */
    private static List<Path> named(Path list) throws IOException {
        if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            return LoadsList.read(list).stream().map(list::resolveSibling).toList();
        } catch (ContainerException e) {
            return List.of();
        }
    }

    /** A time that is still to come says nothing: some programs set the time that the file had where it comes from. */
    private boolean isQuietItself(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
            Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant());
            return age.abs().compareTo(quiet) >= 0;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
