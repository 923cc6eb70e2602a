package dev.provhub.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where rollouts and their groups are kept. Thread-safe; what changes several rows, or looks before it changes, is called inside a
 * {@link dev.provhub.device.UnitOfWork}.
 */
public interface Rollouts {
    /** Keeps a new one, and answers it with its number. */
    Rollout add(Rollout made);

    /** One by its number. */
    Optional<Rollout> find(long id);

    /** The newest, newest first. */
    List<Rollout> latest(int limit);

    /** Those of which devices may still be told, or shown something that counts, and those that are under way. */
    List<Rollout> live();

    /** Those that a turn has to look at: scheduled and due, running, paused. */
    List<Long> due(Instant now);

    /**
     * Those that have ended and have devices of which something may still become, or of which one has failed since they were looked at.
     *
     * @param before looked at last before that, or by a clock that was ahead
     */
    List<Long> ended(Instant before, Instant now);

    /** Holds one until the end of the transaction; empty when somebody else has it, and when there is none. */
    Optional<Rollout> lockFree(long id);

    /** As {@link #lockFree}, but waits for who has it. */
    Optional<Rollout> lock(long id);

    /**
     * Writes down how one stands now.
     *
     * @param isNews whether its end is to be told
     */
    void save(Rollout rollout, boolean isNews);

    /** Keeps which person has made one. */
    void keepPerson(long id, String person);

    /** Which person has made one; empty when that was not kept. */
    Optional<String> person(long id);

    /** Has its devices go back, if it goes back, without waiting for window and spread. */
    void hurryBack(long id);

    /** Its groups in order; none before it has begun. */
    List<RolloutGroup> groups(long id);

    /** Keeps its groups for the first time. */
    void addGroups(long id, List<RolloutGroup> groups);

    /**
     * Writes down how a group stands.
     *
     * @return false when it was begun or done by somebody else meanwhile
     */
    boolean save(long id, RolloutGroup before, RolloutGroup after);

    /**
     * Those whose end is to be told and that no hub is at since a time; now this one is.
     *
     * @param now   when they are taken
     * @param since what was taken before that is taken again
     */
    List<Rollout> takeEnded(int limit, Instant now, Instant since);

    /** They have been told, unless something else is to be told of them since. */
    void told(List<RolloutNews.Receipt> receipts);

    /** What was taken later than now, by a clock that was wrong, may be taken again. How many that were. */
    int freeNews(Instant now);

    /** Since when and by whom every rollout is held; empty when they are not. */
    Optional<Hold> hold();

    /** Holds every rollout, or lets them go on for null. Whether that changed anything. */
    boolean setHold(@Nullable Hold hold);

    /** How many there are by state, and how many devices by progress of those that run, are paused or stopped. */
    Census census();

    /** Keeps the layers before and after a change: text by path. */
    void keepLayers(long id, LayerFiles files);

    /** The layers of a change that is rolled out. */
    Optional<LayerFiles> layers(long id);

    /**
     * Everything stands still.
     *
     * @param who as the audit log has it
     */
    record Hold(Instant since, String who) {}

    /** How many. */
    record Census(Map<RolloutState, Long> rollouts, Map<Progress, Long> devices) {
        /** Copies the maps. */
        public Census {
            rollouts = Map.copyOf(rollouts);
            devices = Map.copyOf(devices);
        }
    }

    /** The texts of layers by path. They may hold secrets. */
    record LayerFiles(Map<String, String> before, Map<String, String> after) {
        /** Copies the maps. */
        public LayerFiles {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
        }

        /** Leaves the texts out. */
        @Override
        public String toString() {
            return "LayerFiles[" + before.size() + " before, " + after.size() + " after]";
        }
    }
}
