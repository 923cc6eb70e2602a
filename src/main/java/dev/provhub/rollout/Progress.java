package dev.provhub.rollout;

import java.util.Locale;
import java.util.Set;

/** How far a device is in a rollout. */
public enum Progress {
    /** It was not told yet. */
    WAITING,
    /** Its profile says it; it has not applied that yet. */
    TOLD,
    /** It has applied the profile that says it, and does not show the version yet. */
    DOWNLOADING,
    /** It has shown under proof that it has what it was to have. */
    RUNNING,
    /** It has failed; see the reason. It may still arrive. */
    FAILED,
    /** It is no part of it any more, see the reason; it counts nowhere. */
    LEFT,
    /** It has gone back to what it had before. */
    RETURNED;

    /** Told, and nothing is known of the end yet. */
    public static final Set<Progress> OPEN = Set.of(TOLD, DOWNLOADING);

    /** As it is written in tables and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The progress of a word of {@link #word}. */
    public static Progress of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
