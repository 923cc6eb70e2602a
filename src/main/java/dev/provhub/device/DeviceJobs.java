package dev.provhub.device;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of work on many devices. Thread-safe. */
public interface DeviceJobs {
    /** How a job stands. */
    enum State {
        /** Going on, or waiting for its turn. */
        RUNNING,
        /** Every device was looked at. */
        DONE,
        /** Given up, for the reason that is kept. */
        FAILED,
        /** Cut off by the end of the hub that ran it; the devices up to then are done. */
        INTERRUPTED
    }

    /**
     * A job.
     *
     * @param action  what is done, e.g. {@code label}
     * @param filter  to which devices
     * @param who     on whose behalf
     * @param total   devices that were meant when it began
     * @param done    devices that were looked at so far
     * @param changed devices of these that were not so before
     * @param failed  devices of these to which it could not be done
     * @param reason  why it failed, or why the first device did; null when nothing has
     * @param updated when it was last heard of
     * @param ended   null while it runs
     */
    record Job(
            String id,
            String action,
            String filter,
            String who,
            State state,
            long total,
            long done,
            long changed,
            long failed,
            @Nullable String reason,
            Instant started,
            Instant updated,
            @Nullable Instant ended) {
        /** The same with another chunk of devices done. */
        public Job advanced(long more, long moreChanged, long moreFailed, @Nullable String why, Instant now) {
            return new Job(
                    id,
                    action,
                    filter,
                    who,
                    state,
                    total,
                    done + more,
                    changed + moreChanged,
                    failed + moreFailed,
                    reason == null ? why : reason,
                    started,
                    now,
                    null);
        }

        /** The same at its end. */
        public Job ended(State how, @Nullable String why, Instant now) {
            return new Job(
                    id,
                    action,
                    filter,
                    who,
                    how,
                    total,
                    done,
                    changed,
                    failed,
                    why == null ? reason : why,
                    started,
                    now,
                    now);
        }
    }

    /** Keeps a new one. */
    void add(Job job);

    /** Keeps how one stands now. */
    void update(Job job);

    /** Notes that jobs are still in hand. */
    void alive(Collection<String> ids, Instant now);

    /** The job of an id. */
    Optional<Job> find(String id);

    /** The newest, newest first. */
    List<Job> latest(int limit);

    /** Takes jobs away that ended before a time. */
    int forgetBefore(Instant time);
}
