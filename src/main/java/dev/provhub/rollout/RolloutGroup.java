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
 * @param doubted  when it was found, and said, that nothing can be known of it; null while that is not so
 */
public record RolloutGroup(
        int number,
        long devices,
        @Nullable Instant begun,
        @Nullable Instant done,
        long forgiven,
        @Nullable Instant doubted) {
    /** One that nobody has doubted. */
    public RolloutGroup(int number, long devices, @Nullable Instant begun, @Nullable Instant done, long forgiven) {
        this(number, devices, begun, done, forgiven, null);
    }

    /** The same, having begun. */
    public RolloutGroup begunAt(Instant now) {
        return new RolloutGroup(number, devices, now, done, forgiven, doubted);
    }

    /** The same, through. */
    public RolloutGroup doneAt(Instant now) {
        return new RolloutGroup(number, devices, begun, now, forgiven, doubted);
    }

    /** The same with failures that do not count any more. */
    public RolloutGroup forgiving(long failures) {
        return new RolloutGroup(number, devices, begun, done, failures, doubted);
    }

    /** The same, doubted since then; null when something is known of it again. */
    public RolloutGroup doubtedAt(@Nullable Instant now) {
        return new RolloutGroup(number, devices, begun, done, forgiven, now);
    }

    /** The same with more devices. */
    public RolloutGroup joinedBy(long more) {
        return new RolloutGroup(number, devices + more, begun, done, forgiven, doubted);
    }
}
