package dev.provhub.devicelog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trouble that shows in the device log, with what usually lies behind it: one entry of {@code config/causes.yaml}.
 *
 * @param id    its name
 * @param when  what an event must be
 * @param after what the contact before it must have been; null for whatever
 * @param until what must not have happened after it, because then it is over; null for whatever
 * @param times how many such events there must be before it means anything, from 1
 * @param is    whether it is trouble, or looks like it and is none
 * @param says  what it means, in plain words
 * @param check what to look at, in order
 */
public record Cause(
        String id,
        Sign when,
        @Nullable Sign after,
        @Nullable Sign until,
        int times,
        Weight is,
        String says,
        List<String> check) {
    /** Copies the list. */
    public Cause {
        check = List.copyOf(check);
    }

    /** What a cause means for who reads it. */
    public enum Weight {
        /** The device does not work until somebody acts. */
        TROUBLE,
        /** Looks like trouble and is none. */
        NORMAL
    }

    /**
     * What an event must be. Expressions are searched for in the text, upper and lower case alike; what is null or empty fits all.
     *
     * @param kinds    one of these
     * @param evidence one of these
     * @param what     in what was asked or said
     * @param outcome  in what was decided
     * @param reason   in why, or in how the asker is known
     * @param sealed   whether what was given was sealed
     * @param applied  whether the revision that was given is the one that the device shows
     */
    public record Sign(
            Set<DeviceEvent.Kind> kinds,
            Set<DeviceEvent.Evidence> evidence,
            @Nullable Pattern what,
            @Nullable Pattern outcome,
            @Nullable Pattern reason,
            @Nullable Boolean sealed,
            @Nullable Boolean applied) {
        /** Copies the sets. */
        public Sign {
            kinds = Set.copyOf(kinds);
            evidence = Set.copyOf(evidence);
        }

        boolean fits(DeviceEvent event) {
            return (kinds.isEmpty() || kinds.contains(event.kind()))
                    && (evidence.isEmpty() || evidence.contains(event.asker().evidence()))
                    && found(what, event.what())
                    && found(outcome, event.verdict().outcome())
                    && found(
                            reason,
                            event.verdict().reason() + " " + event.asker().by())
                    && (sealed == null || sealed == (event.given().sealing() != null))
                    && (applied == null || applied == isApplied(event));
        }

        private static boolean isApplied(DeviceEvent event) {
            return event.given().what() != null
                    && event.given().what().equals(event.shown().revision());
        }

        private static boolean found(@Nullable Pattern pattern, String text) {
            return pattern == null || pattern.matcher(text).find();
        }
    }

    /** Whether an event is a sign of it, by itself and by what came before. */
    boolean isSeenIn(DeviceEvent event, Optional<DeviceEvent> contactBefore) {
        return when.fits(event)
                && (after == null || contactBefore.filter(after::fits).isPresent());
    }
}
