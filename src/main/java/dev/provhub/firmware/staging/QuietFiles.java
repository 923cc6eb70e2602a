package dev.provhub.firmware.staging;

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
     * Whether nobody has written to the file for long enough; for a list of files also to any other one beside it.
     *
     * @throws IOException when its folder cannot be read
     */
    public boolean isQuiet(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(LIST)) {
            return isQuietItself(file);
        }
        List<Path> beside;
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            beside = files.toList();
        }
        for (Path one : beside) {
            if (!isQuietItself(one)) {
                return false;
            }
        }
        return true;
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
