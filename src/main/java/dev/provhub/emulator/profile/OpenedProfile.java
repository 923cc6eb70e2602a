package dev.provhub.emulator.profile;

import java.util.List;

/**
 * A profile as it was received.
 *
 * @param settings in the order of the file
 * @param sealed   whether it was encrypted
 * @param gzip     whether it was compressed
 */
public record OpenedProfile(List<Setting> settings, boolean sealed, boolean gzip) {
    /** Copies the list. */
    public OpenedProfile {
        settings = List.copyOf(settings);
    }
}
