package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.rollout.RolloutDevices.Membership;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;

/** A device that was told and shows itself again: it has arrived, is a step further, or is back with nothing new. Thread-safe. */
final class Underway {
    private final BiFunction<Device, DeviceModel, String> revision;
    private final RolloutImages images;
    private final TurnedAway turned;
    private final DeviceMoves moves;
    private final int repeats;
    private final Duration between;
    private final Clock clock;

    Underway(
            BiFunction<Device, DeviceModel, String> revision,
            RolloutImages images,
            TurnedAway turned,
            DeviceMoves moves,
            RolloutLimits limits,
            Clock clock) {
        this.revision = revision;
        this.images = images;
        this.turned = turned;
        this.moves = moves;
        this.repeats = limits.repeats();
        this.between = limits.between();
        this.clock = clock;
    }

    boolean hasArrived(Visit visit, Membership part) {
        return part.kind() == RolloutKind.FIRMWARE
                ? visit.runs(part.target())
                : Long.valueOf(part.rollout()).equals(visit.rolled().layers())
                        && hasApplied(visit)
                        && !visit.evidence().isUnregistered();
    }

    /** Of several rollouts to the version it is the one that has told the device last which tells of it. */
    void arrive(Visit visit, Membership part) {
        RolloutDevices.Step there = part.to(Progress.RUNNING, visit.running());
        Long by = visit.rolled().by();
        boolean isMilestone = part.kind() == RolloutKind.FIRMWARE && (by == null || by == part.rollout());
        moves.move(visit.mac(), part, isMilestone ? there.asMilestone() : there);
    }

    /** The number before the dot counts other changes of the device, which are none of the rollout's business. */
    private boolean hasApplied(Visit visit) {
        String applied = visit.evidence().applied();
        return !applied.isEmpty() && digest(applied).equals(digest(revision.apply(visit.device(), visit.model())));
    }

    private static String digest(String text) {
        return text.substring(text.indexOf('.') + 1);
    }

    /** Each time that it comes back with nothing new counts; a step on the way, to a version that it has not shown yet, does not. */
    void hear(Visit visit, Membership part) {
        String running = visit.running();
        boolean applied = hasApplied(visit);
        PassedVersions passed = PassedVersions.of(part.passed(), part.beforeVersion(), part.shown());
        boolean moved = part.shown() != null && passed.isStep(running);
        if (moved || (applied && part.progress() == Progress.TOLD)) {
            Progress progress = applied ? Progress.DOWNLOADING : part.progress();
            moves.move(visit.mac(), part, part.to(progress, running).havingPassed(passed.with(running)));
        } else if (Duration.between(part.changed(), clock.instant()).abs().compareTo(between) < 0) {
            return;
        } else if (isWaitingItsTurn(visit, part, applied)) {
            repeat(visit, part, part.repeats());
        } else if (part.repeats() + 1 < repeats) {
            repeat(visit, part, part.repeats() + 1);
        } else {
            moves.fail(visit.mac(), part, running, why(part, applied));
        }
    }

    private void repeat(Visit visit, Membership part, int times) {
        moves.move(visit.mac(), part, part.to(part.progress(), visit.running()).repeating(times));
    }

    /**
     * It may have been told to come back later since it was heard of last, or there is no image to load; that it comes back as it was is no
     * sign of anything then.
     */
    private boolean isWaitingItsTurn(Visit visit, Membership part, boolean applied) {
        return applied
                && part.kind() == RolloutKind.FIRMWARE
                && (visit.isWithoutImage(images, part)
                        || visit.family()
                                .filter(family -> turned.isSince(family, part.changed()))
                                .isPresent());
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
}
