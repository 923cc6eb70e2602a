package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.UnitOfWork;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rollout.RolloutDevices.Membership;
import dev.provhub.rollout.RolloutDevices.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A device asks at its own directory: what it shows there is evidence, and it is told what its rollouts have for it. Nothing else
 * says that a device has arrived. Thread-safe.
 */
public final class RolloutPoll {
    private static final int TURNS = 10_000;
    /** More than clocks of two hubs differ by. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final Comparator<Membership> BY_WEIGHT =
            Comparator.comparingInt(Membership::priority).thenComparingLong(Membership::rollout);

    private final RolloutBoard board;
    private final RolloutDevices members;
    private final DeviceRepository devices;
    private final BiFunction<Device, DeviceModel, String> revision;
    private final RolloutImages images;
    private final UnitOfWork work;
    private final TurnedAway turned;
    private final int repeats;
    private final Duration between;
    private final Clock clock;

    /**
     * Needs the rollouts and the devices.
     *
     * @param revision what a device of a model is to apply now
     * @param images   what firmware can be given
     * @param turned   when downloads were turned away
     * @param limits   how often a device may come back with nothing new
     */
    public RolloutPoll(
            RolloutBoard board,
            RolloutDevices members,
            DeviceRepository devices,
            BiFunction<Device, DeviceModel, String> revision,
            RolloutImages images,
            TurnedAway turned,
            UnitOfWork work,
            RolloutLimits limits,
            Clock clock) {
        this.board = board;
        this.members = members;
        this.devices = devices;
        this.revision = revision;
        this.images = images;
        this.turned = turned;
        this.work = work;
        this.repeats = limits.repeats();
        this.between = limits.between();
        this.clock = clock;
    }

    /**
     * What the path of a request under proof has brought.
     *
     * @param applied revision that the device has applied; empty for none
     * @param running firmware version that it runs
     * @param registration for how many seconds its first line has not been registered, 0 when it is; null when it does not say
     */
    public record Evidence(
            String applied, String running, @Nullable String registration) {
        /** Whether it says that its first line is not registered. */
        boolean isUnregistered() {
            return registration != null && registration.matches("[0-9]{1,10}") && !registration.matches("0+");
        }
    }

    /** Takes what a device shows, and tells it what there is for it. The device as it then is. */
    public Device polled(Device device, DeviceModel model, Evidence evidence) {
        if (!board.matters()) {
            return device;
        }
        Device now = device;
        List<Membership> parts = members.of(device.mac());
        for (Membership part : parts) {
            now = heard(now, model, part, evidence);
        }
        if (parts.stream().noneMatch(part -> isDue(part, device))) {
            return now;
        }
        boolean mayHaveMoved = parts.stream().anyMatch(part -> part.progress() != Progress.WAITING);
        return told(now, model, mayHaveMoved ? members.of(device.mac()) : parts, evidence);
    }

    /**
     * A device has reported, sealed with its own key, why its last upgrade failed. A phone says so until another upgrade has ended: what it
     * said already before it was told is no failure of this one.
     *
     * @param error empty when none has failed
     */
    public void reported(Device device, String error) {
        boolean isError = !error.isEmpty() && !FirmwareVersion.parse(error).isOrdered();
        work.run(() -> {
            if (isError && board.matters()) {
                members.of(device.mac()).stream()
                        .filter(part -> isNewsOf(part, error))
                        .forEach(
                                part -> move(device, part, failed(part, part.shown(), "it reported: " + error), false));
            }
            members.reported(device.mac(), isError ? error : null);
            return isError;
        });
    }

    private static boolean isNewsOf(Membership part, String error) {
        return part.kind() == RolloutKind.FIRMWARE
                && Progress.OPEN.contains(part.progress())
                && (!error.equals(part.beforeError()) || names(error, part.target()));
    }

    /** Whether a text names a version, or a file of it, in whose name other signs stand between the numbers. */
    private static boolean names(String error, @Nullable String target) {
        return target != null && plain(error).contains(plain(target));
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private Device heard(Device device, DeviceModel model, Membership part, Evidence evidence) {
        boolean wasTold = Progress.OPEN.contains(part.progress()) || part.progress() == Progress.FAILED;
        if (part.state() == RolloutState.BACK) {
            return goneBack(device, model, part, evidence);
        }
        if (!wasTold) {
            return part.state() == RolloutState.STOPPED && isToldStill(part, device)
                    ? withdrawn(device, part, evidence)
                    : device;
        }
        if (hasArrived(device, model, part, evidence)) {
            move(
                    device,
                    part,
                    step(part, Progress.RUNNING, evidence.running(), 0, null, part.kind() == RolloutKind.FIRMWARE),
                    false);
            return device;
        }
        if (part.state() == RolloutState.STOPPED) {
            return withdrawn(device, part, evidence);
        }
        return part.progress() == Progress.FAILED ? device : stillUnderWay(device, model, part, evidence);
    }

    private boolean hasArrived(Device device, DeviceModel model, Membership part, Evidence evidence) {
        return part.kind() == RolloutKind.FIRMWARE
                ? runs(part.target(), evidence.running())
                : Long.valueOf(part.rollout()).equals(device.standing().rolled().layers())
                        && hasApplied(device, model, evidence)
                        && !evidence.isUnregistered();
    }

    private static boolean runs(@Nullable String target, String running) {
        return target != null && FirmwareVersion.parse(running).isSameAs(FirmwareVersion.parse(target));
    }

    /** The number before the dot counts other changes of the device, which are none of the rollout's business. */
    private boolean hasApplied(Device device, DeviceModel model, Evidence evidence) {
        String wanted = revision.apply(device, model);
        return !evidence.applied().isEmpty() && digest(evidence.applied()).equals(digest(wanted));
    }

    private static String digest(String text) {
        return text.substring(text.indexOf('.') + 1);
    }

    /** Each time that a device comes back with nothing new counts; a step on the way, to a version that it has not shown yet, does not. */
    private Device stillUnderWay(Device device, DeviceModel model, Membership part, Evidence evidence) {
        String running = evidence.running();
        boolean applied = hasApplied(device, model, evidence);
        PassedVersions passed = PassedVersions.of(part.passed(), part.beforeVersion(), part.shown());
        boolean moved = part.shown() != null && passed.isStep(running);
        if (moved || (applied && part.progress() == Progress.TOLD)) {
            Progress progress = applied ? Progress.DOWNLOADING : part.progress();
            move(device, part, step(part, progress, running, 0, null, false).havingPassed(passed.with(running)), false);
        } else if (Duration.between(part.changed(), clock.instant()).abs().compareTo(between) < 0) {
            return device;
        } else if (isWaitingItsTurn(model, part, applied)) {
            move(device, part, step(part, part.progress(), running, part.repeats(), null, false), false);
        } else if (part.repeats() + 1 >= repeats) {
            move(device, part, failed(part, running, why(part, applied)), false);
        } else {
            move(device, part, step(part, part.progress(), running, part.repeats() + 1, null, false), false);
        }
        return device;
    }

    /** It may have been told to come back later since it was heard of last; that it comes back as it was is no sign of anything then. */
    private boolean isWaitingItsTurn(DeviceModel model, Membership part, boolean applied) {
        return applied
                && part.kind() == RolloutKind.FIRMWARE
                && family(model)
                        .filter(family -> turned.isSince(family, part.changed()))
                        .isPresent();
    }

    private String why(Membership part, boolean applied) {
        String times = "it came back " + repeats + " times and ";
        if (!applied) {
            return times + "has not applied its profile";
        }
        return times
                + (part.kind() == RolloutKind.LAYERS
                        ? "its first line is not registered"
                        : "does not run " + part.target());
    }

    /** The rollout was stopped before the device got there: it is told what it was told before. */
    private Device withdrawn(Device device, Membership part, Evidence evidence) {
        Progress next = part.progress() == Progress.FAILED ? Progress.FAILED : Progress.WAITING;
        return changed(
                device,
                now -> former(part, now),
                () -> next == Progress.FAILED
                        || move(device, part, step(part, next, evidence.running(), 0, null, false), false));
    }

    /** One that waits to be told again, and has what it was told before it failed. */
    private static boolean isToldStill(Membership part, Device device) {
        Device.Rolled rolled = device.standing().rolled();
        return part.progress() == Progress.WAITING
                && part.beforeVersion() != null
                && (part.kind() == RolloutKind.LAYERS
                        ? Long.valueOf(part.rollout()).equals(rolled.layers())
                        : String.valueOf(part.target()).equals(rolled.version()));
    }

    private static Device.Rolled former(Membership part, Device.Rolled now) {
        if (part.kind() == RolloutKind.LAYERS) {
            return Long.valueOf(part.rollout()).equals(now.layers()) ? now.toLayers(null) : now;
        }
        return String.valueOf(part.target()).equals(now.version()) ? now.toVersion(part.beforeTarget(), false) : now;
    }

    private Device goneBack(Device device, DeviceModel model, Membership part, Evidence evidence) {
        if (part.kind() == RolloutKind.LAYERS) {
            return part.progress() == Progress.WAITING || part.progress() == Progress.RETURNED
                    ? device
                    : changed(
                            device,
                            now -> former(part, now),
                            () -> move(
                                    device,
                                    part,
                                    step(part, Progress.RETURNED, evidence.running(), 0, null, false),
                                    false));
        }
        String before = part.beforeVersion();
        if (part.progress() == Progress.WAITING || part.progress() == Progress.LEFT || before == null) {
            return device;
        }
        if (runs(part.target(), evidence.running()) && !runs(before, evidence.running())) {
            Optional<String> noWay = noWay(model, evidence, before, true)
                    .or(() -> family(model).flatMap(family -> images.complaint(family, before)));
            if (noWay.isPresent()) {
                leave(device, part, noWay.get());
                return device;
            }
            return changed(
                    device,
                    now -> String.valueOf(part.target()).equals(now.version()) ? now.toVersion(before, true) : now,
                    () -> mayGoDown(part, device) && !board.isHeld());
        }
        return part.progress() == Progress.RETURNED
                ? device
                : changed(
                        device,
                        now -> before.equals(now.version()) && now.down()
                                ? now.toVersion(now.version(), false)
                                : former(part, now),
                        () -> move(
                                device,
                                part,
                                step(part, Progress.RETURNED, evidence.running(), 0, null, false),
                                false));
    }

    /** It takes another image, like on the way up: at the same hours, and not all at once, unless somebody is in haste. */
    private boolean mayGoDown(Membership part, Device device) {
        Instant ended = part.ended();
        return part.backNow()
                || ended == null
                || board.plan(part.rollout())
                        .filter(plan -> isOpen(plan, ended, part, device))
                        .isPresent();
    }

    private Device told(Device device, DeviceModel model, List<Membership> parts, Evidence evidence) {
        Device now = device;
        for (RolloutKind kind : RolloutKind.values()) {
            Optional<Membership> first = parts.stream()
                    .filter(part -> part.kind() == kind && isDue(part, device))
                    .max(BY_WEIGHT);
            if (first.isPresent()) {
                now = told(now, model, first.get(), parts, evidence);
            }
        }
        return now;
    }

    private boolean isDue(Membership part, Device device) {
        Instant begun = part.begun();
        if (part.progress() != Progress.WAITING || begun == null || !RolloutState.TELLING.contains(part.state())) {
            return false;
        }
        return board.plan(part.rollout())
                .filter(plan -> isOpen(plan, begun, part, device))
                .isPresent();
    }

    private boolean isOpen(RolloutPlan plan, Instant begun, Membership part, Device device) {
        Instant now = clock.instant();
        ZoneId zone = MaintenanceWindows.zone(device.place().timeZone(), clock.getZone());
        return part.turn() < turn(plan.spread(), begun, now) && plan.windows().isOpen(now, zone);
    }

    /** Up to which place of a group's spread devices are told. */
    static int turn(Duration spread, Instant begun, Instant now) {
        if (begun.isAfter(now.plus(SKEW))) {
            // A clock that was wrong then, and would have the devices wait until it is right
            return TURNS;
        }
        long past = Math.max(0, Duration.between(begun, now).toMillis());
        return past >= spread.toMillis() ? TURNS : (int) (past * TURNS / spread.toMillis());
    }

    private Device told(Device device, DeviceModel model, Membership part, List<Membership> all, Evidence evidence) {
        boolean firmware = part.kind() == RolloutKind.FIRMWARE;
        Optional<Membership> heavier = all.stream()
                .filter(other -> other.kind() == part.kind() && BY_WEIGHT.compare(other, part) > 0 && holds(other))
                .findFirst();
        if (heavier.isPresent()) {
            leave(device, part, "rollout " + heavier.get().rollout() + " has it");
            return device;
        }
        if (firmware && device.settings().containsKey("firmwareVersion")) {
            leave(device, part, "its own settings say which version it runs");
            return device;
        }
        if (firmware && !isMeant(part, model)) {
            leave(device, part, "its model takes other firmware than when it became part of it");
            return device;
        }
        Optional<String> noWay = firmware ? noWay(model, evidence, part.target(), false) : Optional.empty();
        if (noWay.isPresent()) {
            leave(device, part, noWay.get());
            return device;
        }
        boolean isThere = firmware && runs(part.target(), evidence.running());
        boolean again = isToldStill(part, device);
        Step step = new Step(
                isThere ? Progress.RUNNING : Progress.TOLD,
                again ? part.beforeVersion() : evidence.running(),
                again ? part.beforeTarget() : device.standing().rolled().version(),
                evidence.running(),
                0,
                PassedVersions.of(evidence.running()).text(),
                null,
                isThere);
        return changed(
                device, now -> firmware ? now.toVersion(part.target(), false) : now.toLayers(part.rollout()), () -> {
                    boolean mine = move(device, part, step, true);
                    if (mine) {
                        all.stream()
                                .filter(other -> other.kind() == part.kind()
                                        && BY_WEIGHT.compare(other, part) < 0
                                        && Progress.OPEN.contains(other.progress()))
                                .forEach(other -> leave(device, other, "rollout " + part.rollout() + " has taken it"));
                    }
                    return mine;
                });
    }

    private boolean isMeant(Membership part, DeviceModel model) {
        return board.plan(part.rollout())
                .flatMap(plan -> family(model).map(plan.versions()::get))
                .filter(version -> version.equals(part.target()))
                .isPresent();
    }

    /** Whether a rollout has a device that another one may not take: not once it has ended and the device is through. */
    private static boolean holds(Membership other) {
        return other.progress() == Progress.RUNNING
                ? !other.state().isEnd()
                : Progress.OPEN.contains(other.progress()) && other.state() != RolloutState.BACK;
    }

    private Optional<String> noWay(DeviceModel model, Evidence evidence, @Nullable String to, boolean down) {
        return evidence.running().isEmpty() || to == null
                ? Optional.empty()
                : family(model).flatMap(family -> images.noWay(family, evidence.running(), to, down));
    }

    private static Optional<String> family(DeviceModel model) {
        return model.provisionable().map(DeviceModel.Provisioning::firmwareFamily);
    }

    private void leave(Device device, Membership part, String why) {
        move(device, part, step(part, Progress.LEFT, part.shown(), 0, why, false), false);
    }

    /** Changes what rollouts have given a device, when something else succeeds in the same transaction. */
    private Device changed(
            Device device, UnaryOperator<Device.Rolled> change, java.util.function.BooleanSupplier when) {
        return work.run(() -> {
            if (!when.getAsBoolean()) {
                return device;
            }
            return devices.change(device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> {
                Device.Rolled rolled = change.apply(now.standing().rolled());
                return rolled.equals(now.standing().rolled())
                        ? now
                        : now.withStanding(now.standing().with(rolled));
            }));
        });
    }

    private boolean move(Device device, Membership part, Step to, boolean telling) {
        return work.run(() -> members.move(device.mac(), part, to, telling, clock.instant()));
    }

    private static Step step(
            Membership part,
            Progress progress,
            @Nullable String shown,
            int repeats,
            @Nullable String reason,
            boolean news) {
        return new Step(
                progress, part.beforeVersion(), part.beforeTarget(), shown, repeats, part.passed(), reason, news);
    }

    private static Step failed(Membership part, @Nullable String shown, String why) {
        return step(part, Progress.FAILED, shown, part.repeats(), why, false);
    }
}
