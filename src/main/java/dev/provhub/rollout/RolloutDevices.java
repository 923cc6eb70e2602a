package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.DeviceFilter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where it is kept which devices are part of which rollout, and how far each is. Thread-safe; see {@link Rollouts}. */
public interface RolloutDevices {
    /** A device that may become part of one. */
    record Candidate(MacAddress mac, String model, Device.Place place) {}

    /**
     * A device that becomes part of one.
     *
     * @param turn   its place in the spread of the group, 0 to 9999
     * @param target the version it is to run; null for layers
     */
    record Member(
            MacAddress mac, int group, int turn, @Nullable String target) {}

    /**
     * A device's part in a rollout, and how that stands.
     *
     * @param begun         since when its group is told; null when it is not yet
     * @param target        the version it is to run; null for layers
     * @param beforeVersion what it ran when it was told; null when unknown
     * @param beforeTarget  what rollouts had told it before; null for nothing
     * @param beforeBy      which of them; null where that is not known
     * @param shown         the version that it last showed; null when none
     * @param repeats       how often it came back with nothing new
     * @param passed        which versions it has shown since it was told, with blanks between; null for none
     * @param beforeError   why an upgrade had failed, as it reported before it was told; null for nothing
     * @param changed       when any of this last changed
     * @param ended         when its rollout ended; null while it has not
     * @param backNow       whether it goes back, when it does, without waiting for a window
     */
    record Membership(
            long rollout,
            RolloutKind kind,
            RolloutState state,
            int priority,
            int group,
            @Nullable Instant begun,
            int turn,
            Progress progress,
            @Nullable String target,
            @Nullable String beforeVersion,
            @Nullable String beforeTarget,
            @Nullable Long beforeBy,
            @Nullable String shown,
            int repeats,
            @Nullable String passed,
            @Nullable String beforeError,
            Instant changed,
            @Nullable Instant ended,
            boolean backNow) {
        /** Another progress, with nothing else that is new. */
        Step to(Progress next, @Nullable String version) {
            return new Step(next, beforeVersion, beforeTarget, beforeBy, version, 0, passed, null, false);
        }
    }

    /**
     * How a device's part is to stand.
     *
     * @param passed which versions it has shown since it was told, with blanks between; null for none
     * @param untold whether it is a milestone that is still to be told
     */
    record Step(
            Progress progress,
            @Nullable String beforeVersion,
            @Nullable String beforeTarget,
            @Nullable Long beforeBy,
            @Nullable String shown,
            int repeats,
            @Nullable String passed,
            @Nullable String reason,
            boolean untold) {
        /** The same, having shown these. */
        Step havingPassed(PassedVersions versions) {
            return new Step(
                    progress, beforeVersion, beforeTarget, beforeBy, shown, repeats, versions.text(), reason, untold);
        }

        /** The same, having come back so often with nothing new. */
        Step repeating(int times) {
            return new Step(progress, beforeVersion, beforeTarget, beforeBy, shown, times, passed, reason, untold);
        }

        /** The same, with the reason for people. */
        Step because(String why) {
            return new Step(progress, beforeVersion, beforeTarget, beforeBy, shown, repeats, passed, why, untold);
        }

        /** The same, as a milestone that is still to be told. */
        Step asMilestone() {
            return new Step(progress, beforeVersion, beforeTarget, beforeBy, shown, repeats, passed, reason, true);
        }
    }

    /** A device as people see it. */
    record Shown(
            MacAddress mac,
            int group,
            Progress progress,
            @Nullable String target,
            @Nullable String version,
            Instant changed,
            @Nullable String reason) {}

    /** A device that has got what it was to have. */
    record Milestone(
            long rollout,
            RolloutKind kind,
            MacAddress mac,
            @Nullable String version,
            Instant time) {}

    /** Devices that a filter means, in order of their names. */
    List<Candidate> candidates(DeviceFilter filter);

    /** As {@link #candidates}, those that are no part of a rollout yet. */
    List<Candidate> newcomers(DeviceFilter filter, long rollout);

    /** Makes devices part of a rollout, waiting. Those that are deleted meanwhile, or are part of it, are left out. */
    int add(long rollout, Collection<Member> members, Instant now);

    /** Every part of a device in rollouts that still matter. One indexed look. */
    List<Membership> of(MacAddress mac);

    /**
     * Moves a device on, where it is still as far as that.
     *
     * @param telling whether this tells the device: then only while its rollout tells devices, and none are held
     * @return false when it was not so any more
     */
    boolean move(MacAddress mac, Membership from, Step to, boolean telling, Instant now);

    /**
     * Keeps why a device says that its last upgrade failed. What it has said when it is told is known to be old.
     *
     * @param error null when it says that none has failed: then the same text later is news
     */
    void reported(MacAddress mac, @Nullable String error);

    /** How many devices are how far, by group. */
    Map<Integer, GroupCounts> counts(long rollout);

    /** How many of a group wait and have not been heard of since. */
    long offline(long rollout, int group, Instant since);

    /** Fails those that were told, or last moved, before a time; also those that did by a clock that ran ahead of now. */
    int failSilent(long rollout, Instant before, String reason, Instant now);

    /** Which rollouts that go on count more than one and have devices that still wait. */
    List<Long> heavier(long rollout);

    /** How many of a group wait, and so they do in one of these. */
    long waitingIn(long rollout, int group, List<Long> others);

    /** Lets those that have failed wait again. */
    int retry(long rollout, Instant now);

    /** Takes those that wait again as told: they were told before, and go back like those that still are. */
    int recall(long rollout, Instant now);

    /** Why devices failed or left, with how many, the most frequent first. */
    Map<String, Long> reasons(long rollout, Progress progress, int limit);

    /** Devices in order of their names; null for any progress. */
    List<Shown> list(long rollout, @Nullable Progress progress, @Nullable MacAddress after, int limit);

    /** Time zones of devices that wait in begun groups; empty text for none. */
    List<String> zones(long rollout);

    /**
     * Those that wait in a begun group, hold their own profile and were not pushed yet; now they were. Each is given to one hub.
     *
     * @param zones in which devices may be told now
     * @param turn  up to which place of their group's spread
     */
    List<MacAddress> takePushes(long rollout, int group, Collection<String> zones, int turn, int limit);

    /** Those that came back with the same version and were not asked for a report yet; now they were. */
    List<MacAddress> takeQuestions(long rollout, Collection<String> zones, int limit);

    /**
     * Milestones that are still to be told and that no hub is at since a time; now this one is.
     *
     * @param now   when they are taken
     * @param since what was taken before that is taken again
     */
    List<Milestone> takeMilestones(int limit, Instant now, Instant since);

    /** They have been told, unless the device has reached another one since. */
    void told(List<RolloutNews.Receipt> receipts);

    /** What was taken later than now, by a clock that was wrong, may be taken again. How many that were. */
    int freeMilestones(Instant now);
}
