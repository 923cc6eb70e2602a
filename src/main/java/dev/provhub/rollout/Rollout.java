package dev.provhub.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as it stands.
 *
 * @param id         its number
 * @param devices    how many it means: counted when it was made, and again when it began
 * @param createdBy  who made it
 * @param approvedBy who agreed; null for nobody
 * @param starts     when it is to begin; null when nobody has said so
 * @param started    when it began; null when it has not
 * @param ended      when it finished, was cancelled or went back; null before
 * @param watched    when it was last looked at; null when never
 * @param heardFrom  from when on silence of a device counts; null when it has not begun
 * @param reason     why it is as it is; null for nothing to say
 */
public record Rollout(
        long id,
        RolloutPlan plan,
        RolloutState state,
        long devices,
        Instant created,
        String createdBy,
        @Nullable String approvedBy,
        @Nullable Instant starts,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Instant watched,
        @Nullable Instant heardFrom,
        @Nullable String reason) {

    /** One that is only just made. */
    public static Rollout made(RolloutPlan plan, RolloutState state, long devices, Instant now, String who) {
        return new Rollout(0, plan, state, devices, now, who, null, plan.starts(), null, null, null, null, null);
    }

    /** What it is about. */
    public RolloutKind kind() {
        return plan.kind();
    }

    /** The same in another state. */
    public Rollout become(RolloutState next, @Nullable String why) {
        return new Rollout(
                id,
                plan,
                next,
                devices,
                created,
                createdBy,
                approvedBy,
                starts,
                started,
                ended,
                watched,
                heardFrom,
                why);
    }

    /** The same, having been agreed to. */
    public Rollout approved(String who) {
        return new Rollout(
                id, plan, state, devices, created, createdBy, who, starts, started, ended, watched, heardFrom, reason);
    }

    /** The same, to begin at a time. */
    public Rollout startingAt(Instant time) {
        return new Rollout(
                id,
                plan,
                state,
                devices,
                created,
                createdBy,
                approvedBy,
                time,
                started,
                ended,
                watched,
                heardFrom,
                reason);
    }

    /** The same, having begun with so many devices. */
    public Rollout begun(long found, Instant now) {
        return new Rollout(
                id,
                plan,
                RolloutState.RUNNING,
                found,
                created,
                createdBy,
                approvedBy,
                starts,
                now,
                null,
                now,
                now,
                null);
    }

    /** The same with its end; null when it goes on. */
    public Rollout endedAt(@Nullable Instant time) {
        return new Rollout(
                id,
                plan,
                state,
                devices,
                created,
                createdBy,
                approvedBy,
                starts,
                started,
                time,
                watched,
                heardFrom,
                reason);
    }

    /** The same with other numbers of the look at it. */
    public Rollout watchedAt(Instant time, Instant heard, long count) {
        return new Rollout(
                id, plan, state, count, created, createdBy, approvedBy, starts, started, ended, time, heard, reason);
    }
}
