package dev.provhub.rollout;

import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.profile.LayerEdits;
import dev.provhub.rollout.Rollouts.Hold;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people may do with rollouts. Each change and its line in the audit log are one transaction. Thread-safe. */
public final class RolloutDesk {
    private static final int REASONS = 20;
    /** As the database has it. */
    private static final int LONGEST_PLAN = 16_000;

    private final Parts parts;
    private final RolloutMembers members;
    private final RolloutTurn turn;

    /** What it stands on. */
    public record Parts(
            Rollouts rollouts,
            RolloutDevices devices,
            RolloutBoard board,
            RolloutLayers layers,
            RolloutImages images,
            DeviceModels models,
            FilterParser filters,
            RolloutLimits limits,
            UnitOfWork work,
            AuditLog audit,
            Clock clock) {}

    /** Needs everything. */
    public RolloutDesk(Parts parts) {
        this.parts = parts;
        this.members = new RolloutMembers(parts.devices(), parts.models(), parts.filters(), parts.layers()::changeOf);
        this.turn = new RolloutTurn(
                parts.rollouts(),
                parts.devices(),
                members,
                parts.layers(),
                parts.images(),
                parts.limits(),
                parts.work(),
                parts.audit(),
                parts.clock());
    }

    /** What moves them on. */
    public RolloutTurn turn() {
        return turn;
    }

    /**
     * A rollout with its groups and their numbers.
     *
     * @param forecast when it may end; empty while all are held
     * @param waits    why it does not go on, for people; empty when it does not run
     * @param hold     since when and by whom all are held
     */
    public record View(
            Rollout rollout,
            List<RolloutGroup> groups,
            Map<Integer, GroupCounts> counts,
            Map<String, Long> failures,
            Map<String, Long> leavings,
            Optional<Instant> forecast,
            Optional<String> waits,
            Optional<Hold> hold) {}

    /**
     * Who does something.
     *
     * @param inAudit as the audit log has it: which token it was
     * @param person  whose token: two of them are one person
     */
    public record By(String inAudit, String person) {
        boolean isSamePersonAs(String other) {
            return person.strip().equalsIgnoreCase(other.strip());
        }
    }

    /** As {@link #create(RolloutPlan, By)}, by a person of this name. */
    public Rollout create(RolloutPlan plan, String who) {
        return create(plan, new By(who, who));
    }

    /**
     * Makes a rollout.
     *
     * @throws IllegalArgumentException when a family or a version is not known, or no device is meant
     * @throws IllegalStateException when it is of layers and no edit is held
     */
    public synchronized Rollout create(RolloutPlan plan, By by) {
        String who = by.inAudit();
        if (PlanJson.write(plan).length() > LONGEST_PLAN) {
            throw new IllegalArgumentException("the rollout is too long; allowed: " + LONGEST_PLAN
                    + " characters of JSON, filter and window together");
        }
        LayerEdits.Held held = null;
        if (plan.kind() == RolloutKind.LAYERS) {
            held = parts.layers()
                    .held()
                    .orElseThrow(() ->
                            new IllegalStateException("no layer edit is held, or another one is being rolled out"));
        } else {
            checkVersions(plan);
        }
        LayerEdits.Held edit = held;
        long count = edit == null ? members.count(plan) : edit.change().devices();
        if (count == 0 && !plan.joins()) {
            throw new IllegalArgumentException("the filter means no device of these families");
        }
        RolloutState first = parts.limits().approval()
                ? RolloutState.AWAITING_APPROVAL
                : plan.starts() == null ? RolloutState.DRAFT : RolloutState.SCHEDULED;
        Instant now = parts.clock().instant();
        Rollout made = parts.work().run(() -> {
            if (edit != null && parts.layers().isUnderWay()) {
                throw new IllegalStateException("another change of layers is being rolled out");
            }
            Rollout kept = parts.rollouts().add(Rollout.made(plan, first, count, now, who));
            parts.rollouts().keepPerson(kept.id(), by.person());
            if (edit != null) {
                parts.layers().keep(kept.id(), edit);
            }
            parts.audit()
                    .add(
                            who,
                            "rollout " + kept.id() + " created kind="
                                    + plan.kind().word() + " devices=" + count
                                    + " state=" + first.word()
                                    + (edit == null
                                            ? " versions=" + plan.shownVersions() + " filter=" + plan.filter()
                                            : " files=" + edit.change().files()));
            return kept;
        });
        parts.layers().follow();
        parts.board().refresh();
        return made;
    }

    private void checkVersions(RolloutPlan plan) {
        members.filter(plan);
        plan.versions().forEach((family, version) -> {
            boolean known = parts.models().all().stream()
                    .flatMap(model -> model.provisionable().stream())
                    .anyMatch(how -> family.equals(how.firmwareFamily()));
            if (!known) {
                throw new IllegalArgumentException("no model in models.yaml takes firmware of family '" + family + "'");
            }
            parts.images().complaint(family, version).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
        });
    }

    /**
     * Does something to a rollout.
     *
     * @return how it then stands; empty when there is none of this number
     * @throws IllegalStateException when that is not possible now, with the reason
     */
    public Optional<Rollout> act(long id, RolloutAction action, By by) {
        return act(id, found -> {
            checkPossible(found, action);
            return done(found, action, by);
        });
    }

    /** As {@link #act(long, RolloutAction, By)}, by a person of this name. */
    public Optional<Rollout> act(long id, RolloutAction action, String who) {
        return act(id, action, new By(who, who));
    }

    /**
     * Takes a rollout back without waiting for window and spread; also one that is on its way back with them.
     *
     * @return how it then stands; empty when there is none of this number
     * @throws IllegalStateException when that is not possible now, with the reason
     */
    public Optional<Rollout> backNow(long id, String who) {
        return act(id, found -> {
            parts.rollouts().hurryBack(id);
            parts.audit().add(who, "rollout " + id + " goes back without waiting for window and spread");
            if (found.state() == RolloutState.BACK) {
                return found;
            }
            checkPossible(found, RolloutAction.BACK);
            return done(found, RolloutAction.BACK, new By(who, who));
        });
    }

    private static void checkPossible(Rollout found, RolloutAction action) {
        if (!action.isPossibleIn(found.state())) {
            throw new IllegalStateException(
                    "rollout " + found.id() + " is " + found.state().word() + " and does not take " + action.word());
        }
    }

    private Optional<Rollout> act(long id, UnaryOperator<Rollout> change) {
        Optional<Rollout> after =
                parts.work().run(() -> parts.rollouts().lock(id).map(change));
        parts.layers().follow();
        parts.board().refresh();
        return after;
    }

    private Rollout done(Rollout found, RolloutAction action, By by) {
        String who = by.inAudit();
        Instant now = parts.clock().instant();
        Rollout next =
                switch (action) {
                    case APPROVE -> approved(found, by);
                    case START -> found.startingAt(now).become(RolloutState.SCHEDULED, null);
                    case PAUSE -> found.become(RolloutState.PAUSED, "by " + who);
                    case RESUME -> resumed(found);
                    case CANCEL -> cancelled(found, who, now);
                    case RETRY -> retried(found, now);
                    case BACK -> back(found, who, now);
                };
        parts.rollouts().save(next, next.state() == RolloutState.CANCELLED || next.state() == RolloutState.BACK);
        parts.audit()
                .add(
                        who,
                        "rollout " + found.id() + " " + action.word() + " "
                                + found.state().word() + " -> " + next.state().word());
        return next;
    }

    private static Rollout cancelled(Rollout found, String who, Instant now) {
        if (found.kind() == RolloutKind.LAYERS && found.state() == RolloutState.FINISHED) {
            throw new IllegalStateException("the layers of rollout " + found.id()
                    + " are in force for every device; allowed: back, which puts the former in force");
        }
        return found.become(RolloutState.CANCELLED, "by " + who).endedAt(now);
    }

    /** Somebody else, and not only another token of who has made it. */
    private Rollout approved(Rollout found, By by) {
        String maker = parts.rollouts().person(found.id()).orElseGet(() -> found.createdBy()
                .replaceFirst(" \\([^()]*\\)$", ""));
        if (by.isSamePersonAs(maker)) {
            throw new IllegalStateException("rollout " + found.id() + " needs somebody else than " + maker
                    + " to agree, and " + by.inAudit() + " is a token of the same person");
        }
        return found.approved(by.inAudit())
                .become(found.starts() == null ? RolloutState.DRAFT : RolloutState.SCHEDULED, null);
    }

    /** What has failed so far is known to who lets it go on. */
    private Rollout resumed(Rollout found) {
        if (found.state() == RolloutState.STOPPED) {
            Map<Integer, GroupCounts> counts = parts.devices().counts(found.id());
            for (RolloutGroup group : parts.rollouts().groups(found.id())) {
                long failed =
                        counts.getOrDefault(group.number(), GroupCounts.NONE).of(Progress.FAILED);
                parts.rollouts().save(found.id(), group, group.forgiving(failed));
            }
        }
        return found.become(RolloutState.RUNNING, null);
    }

    private Rollout retried(Rollout found, Instant now) {
        parts.devices().retry(found.id(), now);
        for (RolloutGroup group : parts.rollouts().groups(found.id())) {
            parts.rollouts().save(found.id(), group, group.forgiving(0));
        }
        return found.state() == RolloutState.STOPPED ? found.become(RolloutState.RUNNING, null) : found;
    }

    private Rollout back(Rollout found, String who, Instant now) {
        if (found.kind() == RolloutKind.LAYERS && found.state() == RolloutState.CANCELLED) {
            throw new IllegalStateException("a change of layers that was cancelled has gone back already");
        }
        if (found.kind() == RolloutKind.LAYERS && found.state() == RolloutState.FINISHED) {
            boolean isLatest = parts.rollouts()
                    .layers(found.id())
                    .filter(files -> parts.layers().isInForce(files.after()))
                    .isPresent();
            if (!isLatest) {
                throw new IllegalStateException("other layers have come into force since");
            }
            parts.layers().keepFormer(found.id(), now);
        }
        parts.devices().recall(found.id(), now);
        return found.become(RolloutState.BACK, "by " + who).endedAt(now);
    }

    /** One with its numbers. */
    public Optional<View> view(long id) {
        return parts.rollouts().find(id).map(rollout -> {
            Map<Integer, GroupCounts> counts = parts.devices().counts(id);
            List<RolloutGroup> groups = parts.rollouts().groups(id);
            Optional<Hold> hold = hold();
            return new View(
                    rollout,
                    groups,
                    counts,
                    parts.devices().reasons(id, Progress.FAILED, REASONS),
                    parts.devices().reasons(id, Progress.LEFT, REASONS),
                    hold.isPresent()
                            ? Optional.empty()
                            : Forecast.of(rollout, groups, counts, parts.clock().instant()),
                    turn.waits(rollout, groups, counts),
                    hold);
        });
    }

    /** The newest, newest first. */
    public List<Rollout> latest(int limit) {
        return parts.rollouts().latest(limit);
    }

    /** Devices of one in order of their names. */
    public List<RolloutDevices.Shown> devices(
            long id, @Nullable Progress progress, @Nullable MacAddress after, int limit) {
        return parts.devices().list(id, progress, after, limit);
    }

    /** Since when and by whom everything is held. */
    public Optional<Hold> hold() {
        return parts.rollouts().hold();
    }

    /** Stops every rollout at once, until {@link #release}. */
    public void hold(String who) {
        parts.work().run(() -> {
            boolean is = parts.rollouts().setHold(new Hold(parts.clock().instant(), who));
            if (is) {
                parts.audit().add(who, "every rollout held");
            }
            return is;
        });
    }

    /** Lets them go on. */
    public void release(String who) {
        parts.work().run(() -> {
            boolean was = parts.rollouts().setHold(null);
            if (was) {
                parts.audit().add(who, "rollouts released");
            }
            return was;
        });
    }

    /** How many there are. */
    public Rollouts.Census census() {
        return parts.rollouts().census();
    }

    /** Brings what this hub knows in step with the database, and moves rollouts on. */
    public void turnOnce() {
        parts.board().refresh();
        turn.take();
        parts.board().refresh();
    }
}
