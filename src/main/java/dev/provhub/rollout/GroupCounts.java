package dev.provhub.rollout;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many devices of a group are how far.
 *
 * @param by how many by progress; what is missing is 0
 */
public record GroupCounts(Map<Progress, Long> by) {
    /** No devices. */
    public static final GroupCounts NONE = new GroupCounts(Map.of());

    /** Copies the map. */
    public GroupCounts {
        by = Map.copyOf(by);
    }

    /** How many are so far. */
    public long of(Progress progress) {
        return by.getOrDefault(progress, 0L);
    }

    /** Of how many the end is known. */
    public long known() {
        return of(Progress.RUNNING) + of(Progress.FAILED);
    }

    /** All but those that have left. */
    public long counting() {
        return of(Progress.WAITING) + of(Progress.TOLD) + of(Progress.DOWNLOADING) + known() + of(Progress.RETURNED);
    }

    /** Those of two groups together. */
    public GroupCounts plus(GroupCounts other) {
        Map<Progress, Long> sum = new EnumMap<>(Progress.class);
        for (Progress progress : Progress.values()) {
            sum.put(progress, of(progress) + other.of(progress));
        }
        return new GroupCounts(sum);
    }
}
