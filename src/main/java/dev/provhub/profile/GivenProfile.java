package dev.provhub.profile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile that a device was given.
 *
 * @param revision of the profile
 * @param given    when it was given first
 * @param applied  when the device first said that it has applied it; null when it has not
 * @param values   as they were given, without what they were laid over
 */
public record GivenProfile(
        String revision, Instant given, @Nullable Instant applied, List<ProfileValue> values) {
    /** Copies the list. */
    public GivenProfile {
        values = List.copyOf(values);
    }
}
