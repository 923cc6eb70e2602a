package dev.provhub.rollout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges the groups of a rollout by their numbers and by who can be heard at all. A group of which nothing can be known does not hold
 * up the next one for ever; but where no device has ever arrived, people have to say that it goes on.
 */
final class GroupJudge {
    private final RolloutDevices devices;
    private final RolloutImages images;
    private final RolloutLimits limits;
    private final Clock clock;

    GroupJudge(RolloutDevices devices, RolloutImages images, RolloutLimits limits, Clock clock) {
        this.devices = devices;
        this.images = images;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * A group among the others.
     *
     * @param isLast   whether no other one follows
     * @param isProven whether a device of a group before has arrived, so that it is known that one can
     */
    record Place(Rollout rollout, RolloutGroup group, GroupCounts counts, boolean isLast, boolean isProven) {
        long left() {
            return counts.counting() - counts.of(Progress.RETURNED) - group.forgiven();
        }
    }

    /** The places of groups that have begun, in order. */
    static List<Place> places(Rollout rollout, List<RolloutGroup> groups, Map<Integer, GroupCounts> counts) {
        return groups.stream()
                .filter(group -> group.begun() != null)
                .map(group -> new Place(
                        rollout,
                        group,
                        counts.getOrDefault(group.number(), GroupCounts.NONE),
                        group.number() == groups.size(),
                        counts.entrySet().stream()
                                .anyMatch(of -> of.getKey() < group.number()
                                        && of.getValue().of(Progress.RUNNING) > 0)))
                .toList();
    }

    Judgement judge(Place place, Instant now) {
        Judgement judged = Judgement.of(plan(place), place.group(), place.counts(), 0);
        if (place.group().done() != null) {
            return judged;
        }
        if (judged.verdict() == Judgement.Verdict.DONE) {
            return hasEvidence(place) || place.isLast()
                    ? judged
                    : Judgement.doubt("group " + place.group().number()
                            + ": none of its devices is part of it any more, so nothing is known of it");
        }
        if (judged.verdict() != Judgement.Verdict.WAIT || place.counts().of(Progress.WAITING) == 0) {
            return judged;
        }
        long offline = offline(place, now);
        if (offline == 0 || place.left() > offline) {
            return offline == 0 ? judged : Judgement.of(plan(place), place.group(), place.counts(), offline);
        }
        return silent(place, now);
    }

    /** An empty group has nothing to show; failures that somebody has forgiven are known to who did. */
    private static boolean hasEvidence(Place place) {
        return place.isProven()
                || place.counts().of(Progress.RUNNING) > 0
                || place.group().forgiven() > 0
                || place.group().devices() == 0;
    }

    /** Nobody who could still arrive can be heard. */
    private Judgement silent(Place place, Instant now) {
        if (now.isBefore(patient(place))) {
            return Judgement.WAIT;
        }
        String so = "group " + place.group().number() + ": nothing is heard of its " + place.left() + " devices";
        if (hasEvidence(place)) {
            return new Judgement(Judgement.Verdict.DONE, so);
        }
        // Nothing follows that would have to be kept from beginning, and who comes back is to be told
        return place.isLast() ? Judgement.WAIT : Judgement.doubt(so + ", and no other has arrived");
    }

    /** Until when the group is waited for; time in which no hub could hear anybody does not count. */
    private Instant patient(Place place) {
        Instant begun = place.group().begun();
        Instant heard = place.rollout().heardFrom();
        Instant from = begun == null ? Instant.MAX : heard != null && heard.isAfter(begun) ? heard : begun;
        return begun == null ? from : from.plus(limits.patience());
    }

    private long offline(Place place, Instant now) {
        return devices.offline(place.rollout().id(), place.group().number(), now.minus(limits.offline()));
    }

    private static GroupPlan plan(Place place) {
        return place.rollout().plan().group(place.group().number());
    }

    /** Why a rollout that runs does not go on, for people; empty when it is about to. */
    Optional<String> waits(Rollout rollout, List<RolloutGroup> groups, Map<Integer, GroupCounts> counts) {
        Instant now = clock.instant();
        return places(rollout, groups, counts).stream()
                .filter(place -> place.group().done() == null)
                .findFirst()
                .filter(place -> judge(place, now).verdict() == Judgement.Verdict.WAIT)
                .map(place -> waits(place, now));
    }

    private String waits(Place place, Instant now) {
        String group = "group " + place.group().number() + ": ";
        long offline = place.counts().of(Progress.WAITING) == 0 ? 0 : offline(place, now);
        if (place.left() <= 0) {
            return group + "no device is part of it yet";
        }
        if (place.left() <= offline) {
            String silent =
                    group + "nothing was heard of its " + place.left() + " devices for " + hours(limits.offline());
            if (place.isLast()) {
                return silent + "; it waits for them";
            }
            return silent + "; at " + patient(place)
                    + (hasEvidence(place)
                            ? " the next group begins without them"
                            : " the rollout pauses, because no device has arrived yet");
        }
        return group + numbers(place, offline) + behind(place) + away(place) + closed(place, now);
    }

    private static String numbers(Place place, long offline) {
        GroupPlan plan = plan(place);
        long reachable = place.left() - offline;
        long known = place.counts().known() - place.group().forgiven();
        long sample = Math.min(plan.sample(), Math.max(1, reachable));
        return place.counts().of(Progress.RUNNING) + " of " + reachable + " arrived, and it needs " + plan.success()
                + (known < sample ? " and to know the end of " + sample : "")
                + (offline > 0 ? "; of " + offline + " others nothing is heard" : "");
    }

    private String behind(Place place) {
        List<Long> heavier = place.counts().of(Progress.WAITING) == 0
                ? List.of()
                : devices.heavier(place.rollout().id());
        long behind = heavier.isEmpty()
                ? 0
                : devices.waitingIn(place.rollout().id(), place.group().number(), heavier);
        return behind == 0
                ? ""
                : "; " + behind + " wait for what counts more: rollout "
                        + heavier.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private String away(Place place) {
        return place.rollout().plan().versions().keySet().stream()
                .sorted()
                .flatMap(family -> images.away(family).stream())
                .map(away -> "; " + away)
                .collect(Collectors.joining());
    }

    private String closed(Place place, Instant now) {
        MaintenanceWindows windows = place.rollout().plan().windows();
        List<String> zones = devices.zones(place.rollout().id());
        return place.counts().of(Progress.WAITING) == 0
                        || zones.isEmpty()
                        || zones.stream()
                                .anyMatch(zone -> windows.isOpen(now, MaintenanceWindows.zone(zone, clock.getZone())))
                ? ""
                : "; no window is open now where those that wait are";
    }

    private static String hours(Duration time) {
        return time.toHours() + " hours";
    }
}
