package dev.provhub.rollout;

import dev.provhub.device.AuditLog;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.rollout.RolloutDevices.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves rollouts on: begins them when their time has come, fails devices of which nothing is heard, begins groups, stops and
 * finishes. Each rollout is one transaction that holds its row, so that of several hubs one does it. Thread-safe.
 */
public final class RolloutTurn {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutTurn.class);
    private static final String WHO = "rollouts";
    /** A hub that has not looked for so long was away, or its clock has jumped: silence of that time is nobody's fault. */
    private static final Duration AWAY = Duration.ofMinutes(10);

    private static final Duration JOIN_PERIOD = Duration.ofMinutes(1);
    /** How often those are looked at that have ended and have devices left to hear of. */
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Rollouts rollouts;
    private final RolloutDevices devices;
    private final RolloutMembers members;
    private final RolloutLayers layers;
    private final RolloutImages images;
    private final RolloutLimits limits;
    private final GroupJudge judge;
    private final RolloutNews news;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Clock clock;
    private volatile Instant ended = Instant.EPOCH;

    RolloutTurn(
            Rollouts rollouts,
            RolloutDevices devices,
            RolloutMembers members,
            RolloutLayers layers,
            RolloutImages images,
            RolloutLimits limits,
            UnitOfWork work,
            AuditLog audit,
            Clock clock) {
        this.rollouts = rollouts;
        this.devices = devices;
        this.members = members;
        this.layers = layers;
        this.images = images;
        this.limits = limits;
        this.judge = new GroupJudge(devices, images, limits, clock);
        this.news = new RolloutNews(rollouts, devices, work, clock);
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /** One look at all of them. */
    public void take() {
        Instant now = clock.instant();
        if (rollouts.hold().isEmpty()) {
            rollouts.due(now).forEach(id -> takeOne(id, now));
            takeEnded(now);
        }
        layers.follow();
    }

    private void takeEnded(Instant now) {
        if (Duration.between(ended, now).abs().compareTo(SELDOM) >= 0) {
            ended = now;
            rollouts.ended(now.minus(SELDOM), now).forEach(id -> takeOne(id, now));
        }
    }

    /** One that cannot be moved on must not keep the others from it. */
    private void takeOne(long id, Instant now) {
        try {
            work.run(() ->
                    rollouts.lockFree(id).map(found -> advance(found, now)).orElse(false));
        } catch (RuntimeException e) {
            LOG.error("Rollout {} cannot be moved on", id, e);
        }
    }

    /** Why one that runs does not go on, for people; empty when it is about to. */
    Optional<String> waits(Rollout rollout, List<RolloutGroup> groups, Map<Integer, GroupCounts> counts) {
        return rollout.state() == RolloutState.RUNNING ? judge.waits(rollout, groups, counts) : Optional.empty();
    }

    /** What is to be told and was not taken yet. */
    public RolloutNews.News news() {
        return news.take();
    }

    /** It has been told. */
    public void told(RolloutNews.Receipt receipt) {
        news.told(receipt);
    }

    private boolean advance(Rollout found, Instant now) {
        if (rollouts.hold().isPresent()) {
            return false;
        }
        if (found.state() == RolloutState.SCHEDULED) {
            return begin(found, now);
        }
        boolean isMoving = found.state() == RolloutState.RUNNING;
        if (!RolloutState.WATCHED.contains(found.state())) {
            return false;
        }
        Rollout watched = watched(found, now);
        failSilent(watched, now);
        if (found.state() == RolloutState.CANCELLED) {
            return true;
        }
        Optional<String> missing = isMoving ? missingImage(watched.plan()) : Optional.empty();
        if (missing.isPresent()) {
            enter(watched, RolloutState.PAUSED, missing.get(), true);
            return true;
        }
        return judge(watched, now);
    }

    private boolean begin(Rollout scheduled, Instant now) {
        Optional<String> missing = missingImage(scheduled.plan());
        if (missing.isPresent()) {
            enter(scheduled, RolloutState.DRAFT, missing.get(), false);
            return true;
        }
        List<Candidate> found = members.all(scheduled);
        List<RolloutGroup> groups = new ArrayList<>();
        List<Integer> sizes = scheduled.plan().sizes(found.size());
        for (int i = 0; i < sizes.size(); i++) {
            groups.add(new RolloutGroup(i + 1, sizes.get(i), i == 0 ? now : null, null, 0));
        }
        rollouts.addGroups(scheduled.id(), groups);
        devices.add(scheduled.id(), members.grouped(scheduled, found), now);
        Rollout begun = scheduled.begun(found.size(), now);
        rollouts.save(begun, false);
        note(begun, "begun devices=" + found.size() + " groups=" + groups.size());
        return true;
    }

    private Rollout watched(Rollout rollout, Instant now) {
        Instant last = rollout.watched();
        Instant heard = rollout.heardFrom();
        boolean wasAway = last == null || now.isBefore(last) || last.plus(AWAY).isBefore(now);
        Rollout watched = rollout.watchedAt(now, wasAway || heard == null ? now : heard, rollout.devices());
        boolean isTime = last == null
                || last.getEpochSecond() / JOIN_PERIOD.toSeconds() != now.getEpochSecond() / JOIN_PERIOD.toSeconds();
        Rollout joined = rollout.plan().joins() && rollout.state() == RolloutState.RUNNING && isTime
                ? join(watched, now)
                : watched;
        rollouts.save(joined, false);
        return joined;
    }

    private Rollout join(Rollout rollout, Instant now) {
        List<Candidate> found = members.newcomers(rollout);
        if (found.isEmpty()) {
            return rollout;
        }
        int added = devices.add(rollout.id(), members.joining(rollout, found), now);
        List<RolloutGroup> groups = rollouts.groups(rollout.id());
        RolloutGroup last = groups.get(groups.size() - 1);
        rollouts.save(rollout.id(), last, last.joinedBy(added));
        note(rollout, "joined devices=" + added);
        return rollout.watchedAt(
                now, rollout.heardFrom() == null ? now : rollout.heardFrom(), rollout.devices() + added);
    }

    private void failSilent(Rollout rollout, Instant now) {
        Instant before = now.minus(limits.silence());
        if (rollout.heardFrom() == null || !rollout.heardFrom().isBefore(before)) {
            return;
        }
        boolean hasFinished = rollout.state() == RolloutState.FINISHED;
        Map<Integer, GroupCounts> known = hasFinished ? devices.counts(rollout.id()) : Map.of();
        int failed = devices.failSilent(
                rollout.id(),
                before,
                "nothing was heard of it for " + limits.silence().toHours() + " hours after it was told",
                now);
        if (failed > 0) {
            LOG.info("Rollout devices silent rollout={} devices={}", rollout.id(), failed);
        }
        if (failed > 0 && hasFinished) {
            forgive(rollout, known);
        }
    }

    /** A phone that somebody has unplugged after the end says nothing of the version. */
    private void forgive(Rollout rollout, Map<Integer, GroupCounts> known) {
        Map<Integer, GroupCounts> now = devices.counts(rollout.id());
        rollouts.groups(rollout.id()).forEach(group -> {
            long silent = now.getOrDefault(group.number(), GroupCounts.NONE).of(Progress.FAILED)
                    - known.getOrDefault(group.number(), GroupCounts.NONE).of(Progress.FAILED);
            if (silent > 0) {
                changed(rollout, group, group.forgiving(group.forgiven() + silent));
            }
        });
    }

    private Optional<String> missingImage(RolloutPlan plan) {
        return new TreeMap<>(plan.versions())
                .entrySet().stream()
                        .flatMap(wanted -> images.complaint(wanted.getKey(), wanted.getValue()).stream())
                        .findFirst();
    }

    private boolean judge(Rollout rollout, Instant now) {
        if (rollout.devices() == 0 && rollout.plan().joins()) {
            // It was made for devices that are still to come
            return true;
        }
        Map<Integer, GroupCounts> counts = devices.counts(rollout.id());
        List<RolloutGroup> groups = rollouts.groups(rollout.id()).stream()
                .map(group -> forgiving(rollout, group, counts.getOrDefault(group.number(), GroupCounts.NONE)))
                .toList();
        List<GroupJudge.Place> places = GroupJudge.places(rollout, groups, counts);
        GroupJudge.Place current = null;
        Judgement ofCurrent = Judgement.WAIT;
        for (GroupJudge.Place place : places) {
            Judgement judged = judge.judge(place, now);
            if (judged.verdict() == Judgement.Verdict.STOP && canStop(rollout)) {
                enter(rollout.endedAt(null), RolloutState.STOPPED, judged.reason(), true);
                return true;
            }
            if (place.group().done() == null && current == null) {
                current = place;
                ofCurrent = judged;
            }
        }
        if (rollout.state() == RolloutState.RUNNING && current == null) {
            // It had finished, and stopped by devices that came back later
            enter(rollout.endedAt(now), RolloutState.FINISHED, null, true);
        }
        return rollout.state() != RolloutState.RUNNING
                || current == null
                || went(rollout, groups, current.group(), ofCurrent, now);
    }

    /** Layers that are in force for all can only be taken back. */
    private static boolean canStop(Rollout rollout) {
        return rollout.state() != RolloutState.FINISHED || rollout.kind() == RolloutKind.FIRMWARE;
    }

    /** Those that were forgiven and have arrived since leave no room for others to fail unseen. */
    private RolloutGroup forgiving(Rollout rollout, RolloutGroup group, GroupCounts counts) {
        long failed = counts.of(Progress.FAILED);
        return group.forgiven() <= failed ? group : changed(rollout, group, group.forgiving(failed));
    }

    private RolloutGroup changed(Rollout rollout, RolloutGroup before, RolloutGroup after) {
        rollouts.save(rollout.id(), before, after);
        return after;
    }

    private boolean went(
            Rollout rollout, List<RolloutGroup> groups, RolloutGroup current, Judgement judged, Instant now) {
        boolean isDoubt = judged.verdict() == Judgement.Verdict.DOUBT;
        if (isDoubt && current.doubted() == null) {
            changed(rollout, current, current.doubtedAt(now));
            enter(rollout, RolloutState.PAUSED, judged.reason() + "; 'resume' lets the next group begin", true);
            return true;
        }
        // Somebody has read it and lets the rollout go on
        if (isDoubt || judged.verdict() == Judgement.Verdict.DONE) {
            return next(rollout, groups, current, now);
        }
        if (current.doubted() != null) {
            changed(rollout, current, current.doubtedAt(null));
        }
        return true;
    }

    private boolean next(Rollout rollout, List<RolloutGroup> groups, RolloutGroup done, Instant now) {
        if (!rollouts.save(rollout.id(), done, done.doneAt(now))) {
            return false;
        }
        if (done.number() == groups.size()) {
            enter(rollout.endedAt(now), RolloutState.FINISHED, null, true);
            if (rollout.kind() == RolloutKind.LAYERS) {
                layers.keepInForce(rollout.id(), now);
            }
            return true;
        }
        RolloutGroup next = groups.get(done.number());
        rollouts.save(rollout.id(), next, next.begunAt(now));
        note(rollout, "group " + next.number() + " begun devices=" + next.devices());
        return true;
    }

    private void enter(Rollout rollout, RolloutState state, @Nullable String reason, boolean news) {
        rollouts.save(rollout.become(state, reason), news);
        note(rollout, state.word() + (reason == null ? "" : ": " + reason));
    }

    private void note(Rollout rollout, String what) {
        audit.add(WHO, "rollout " + rollout.id() + " " + what);
        LOG.info("Rollout {} {}", rollout.id(), what);
    }

    /** Devices that are to be told by NOTIFY now, at most so many as one turn may push. */
    public List<MacAddress> pushes() {
        return allowed((one, open) -> {
            List<MacAddress> some = new ArrayList<>();
            for (RolloutGroup group : rollouts.groups(one.id())) {
                if (group.begun() != null && some.size() < limits.pushes()) {
                    int turn = TellingTimes.turn(one.plan().spread(), group.begun(), clock.instant());
                    some.addAll(
                            devices.takePushes(one.id(), group.number(), open, turn, limits.pushes() - some.size()));
                }
            }
            return some;
        });
    }

    /** Devices that are to be asked by NOTIFY for a report, because they still run what they ran. */
    public List<MacAddress> questions() {
        return allowed((one, open) -> one.kind() == RolloutKind.FIRMWARE
                ? devices.takeQuestions(one.id(), open, limits.pushes())
                : List.of());
    }

    private interface Pick {
        List<MacAddress> of(Rollout rollout, List<String> openZones);
    }

    private List<MacAddress> allowed(Pick pick) {
        if (rollouts.hold().isPresent()) {
            return List.of();
        }
        List<MacAddress> picked = new ArrayList<>();
        for (Rollout one : rollouts.live()) {
            if (RolloutState.TELLING.contains(one.state()) && one.plan().push() && picked.size() < limits.pushes()) {
                List<String> open = devices.zones(one.id()).stream()
                        .filter(zone -> one.plan().windows().isOpen(clock.instant(), zone(zone)))
                        .toList();
                if (!open.isEmpty()) {
                    picked.addAll(work.run(() -> pick.of(one, open)));
                }
            }
        }
        return picked;
    }

    private ZoneId zone(String name) {
        return MaintenanceWindows.zone(name, clock.getZone());
    }
}
