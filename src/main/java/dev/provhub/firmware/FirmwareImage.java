package dev.provhub.firmware;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's image that the hub offers.
 *
 * @param file    name under {@code /firmware/}; a changed image needs a new one, because phones do not load the same URL again
 * @param path    where it lies
 * @param family  group of models that it fits, as in {@code models.yaml}
 * @param version what a device reports once it runs it
 * @param from    lowest version that it may be installed over; null for any
 * @param parts   further files that it makes the device fetch from the same folder, as a {@code .loads} file does
 * @param sha256  64 lower-case hex digits; null when nobody has stated it
 * @param notes   for people; empty for none
 */
public record FirmwareImage(
        String file,
        Path path,
        String family,
        FirmwareVersion version,
        @Nullable FirmwareVersion from,
        List<Path> parts,
        @Nullable String sha256,
        String notes) {
    /** Copies the list. */
    public FirmwareImage {
        parts = List.copyOf(parts);
    }

    /** Lowest version that it may be installed over; empty for any. */
    public Optional<FirmwareVersion> lowest() {
        return Optional.ofNullable(from);
    }

    /**
     * As {@link #lowest}, where it is known that there is one.
     *
     * @throws IllegalStateException when there is none
     */
    public FirmwareVersion neededVersion() {
        return lowest().orElseThrow(() -> new IllegalStateException(file + " may be installed over any version"));
    }
}
