package dev.provhub.firmware.staging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something to be staged.
 *
 * @param name     by which it goes; nothing but a name
 * @param length   in bytes, as declared; negative when nobody said
 * @param content  opened once, and closed
 * @param siblings folder in which the files lie that a list names; null when there is none
 * @param told     what an operator says of it
 */
public record StagingRequest(
        String name, long length, Content content, @Nullable Path siblings, Told told) {
    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Content {
        /** @throws IOException when it cannot be read */
        InputStream open() throws IOException;
    }

    /**
     * What an operator says of an image; null for what nobody says.
     *
     * @param family  which models it fits
     * @param version what a device reports once it runs it
     * @param sha256  64 hex digits
     * @param from    lowest version that it may be installed over
     * @param until   highest version that it may be installed over
     * @param notes   for people; empty for none
     */
    public record Told(
            @Nullable String family,
            @Nullable String version,
            @Nullable String sha256,
            @Nullable String from,
            @Nullable String until,
            String notes) {
        /** Nothing. */
        public static final Told NOTHING = new Told(null, null, null, null, null, "");
    }
}
