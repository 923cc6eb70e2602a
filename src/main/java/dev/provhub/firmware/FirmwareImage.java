package dev.provhub.firmware;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's image that the hub knows.
 *
 * @param file     name under {@code /firmware/}; a changed image needs a new one, because phones do not load the same URL again
 * @param path     where it lies
 * @param family   group of models that it fits, as in {@code models.yaml}
 * @param version  what a device reports once it runs it
 * @param from     lowest version that it may be installed over; null for any
 * @param until    highest version that it may be installed over; null for any
 * @param parts    further files that it makes the device fetch from the same folder, as a {@code .loads} file does
 * @param sha256   64 lower-case hex digits; null when nobody has stated it
 * @param notes    for people; empty for none
 * @param standing what the hub holds of it
 */
public record FirmwareImage(
        String file,
        Path path,
        String family,
        FirmwareVersion version,
        @Nullable FirmwareVersion from,
        @Nullable FirmwareVersion until,
        List<Path> parts,
        @Nullable String sha256,
        String notes,
        Standing standing) {
    /** Copies the list. */
    public FirmwareImage {
        parts = List.copyOf(parts);
    }

    /** One that is offered, and may be installed over everything from a version on. */
    public FirmwareImage(
            String file,
            Path path,
            String family,
            FirmwareVersion version,
            @Nullable FirmwareVersion from,
            List<Path> parts,
            @Nullable String sha256,
            String notes) {
        this(file, path, family, version, from, null, parts, sha256, notes, Standing.DESCRIBED);
    }

    /**
     * What the hub holds of an image.
     *
     * @param origin   who says what it is
     * @param verified whether its container was read and says the same; false also when nobody has described such containers
     * @param withheld why no rule leads to it; null when it is offered
     * @param served   whether devices that ask for it get it
     */
    public record Standing(
            Origin origin, boolean verified, @Nullable String withheld, boolean served) {
        /** As an operator wrote it, and offered. */
        public static final Standing DESCRIBED = new Standing(Origin.CATALOG, false, null, true);
    }

    /** Who says what an image is. */
    public enum Origin {
        /** An operator, in {@code catalog.yaml}. */
        CATALOG,
        /** The hub, when the image was staged. */
        STAGED
    }

    /** Whether rules may lead to it. */
    public boolean isOffered() {
        return standing.withheld() == null;
    }

    /** The same, kept back. */
    public FirmwareImage withheld(String why, boolean served) {
        return standing(why, served);
    }

    /** The same, offered. */
    public FirmwareImage offered() {
        return standing(null, true);
    }

    private FirmwareImage standing(@Nullable String why, boolean served) {
        return new FirmwareImage(
                file,
                path,
                family,
                version,
                from,
                until,
                parts,
                sha256,
                notes,
                new Standing(standing.origin(), standing.verified(), why, served));
    }

    /** Lowest version that it may be installed over; empty for any. */
    public Optional<FirmwareVersion> lowest() {
        return Optional.ofNullable(from);
    }
}
