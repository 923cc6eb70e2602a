package dev.provhub.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of a rollout as it stands.
 *
 * @param number   from 1
 * @param devices  how many it has
 * @param begun    since when its devices are told; null when they are not yet
 * @param done     when enough had arrived; null before
 * @param forgiven failures that do not count any more
 */
public record RolloutGroup(
        int number,
        long devices,
        @Nullable Instant begun,
        @Nullable Instant done,
        long forgiven) {
    /** The same, having begun. */
    public RolloutGroup begunAt(Instant now) {
        return new RolloutGroup(number, devices, now, done, forgiven);
    }

    /** The same, through. */
    public RolloutGroup doneAt(Instant now) {
        return new RolloutGroup(number, devices, begun, now, forgiven);
    }

    /** The same with failures that do not count any more. */
    public RolloutGroup forgiving(long failures) {
        return new RolloutGroup(number, devices, begun, done, failures);
    }

    /** The same with more devices. */
    public RolloutGroup joinedBy(long more) {
        return new RolloutGroup(number, devices + more, begun, done, forgiven);
    }
}
