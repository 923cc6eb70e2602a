package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.rollout.RolloutDevices.Membership;
import dev.provhub.rollout.RolloutDevices.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a device what the heaviest of its rollouts has for it, or has the device leave those that can have nothing. Thread-safe. */
final class Telling {
    private static final Comparator<Membership> BY_WEIGHT =
            Comparator.comparingInt(Membership::priority).thenComparingLong(Membership::rollout);

    private final RolloutBoard board;
    private final RolloutImages images;
    private final DeviceMoves moves;
    private final TellingTimes times;

    Telling(RolloutBoard board, RolloutImages images, DeviceMoves moves, TellingTimes times) {
        this.board = board;
        this.images = images;
        this.moves = moves;
        this.times = times;
    }

    /**
     * Firmware, then layers.
     *
     * @param parts every part of the device in rollouts that still matter
     * @return the device as it then is
     */
    Device tell(Visit visit, List<Membership> parts) {
        Visit now = visit;
        for (RolloutKind kind : RolloutKind.values()) {
            List<Membership> alike =
                    parts.stream().filter(part -> part.kind() == kind).toList();
            Optional<Membership> first = alike.stream()
                    .filter(part -> times.isDue(part, visit.device()))
                    .max(BY_WEIGHT);
            if (first.isPresent()) {
                now = now.of(tell(now, first.get(), alike));
            }
        }
        return now.device();
    }

    private Device tell(Visit visit, Membership part, List<Membership> alike) {
        if (alike.stream().anyMatch(other -> willTell(other, part))) {
            return visit.device();
        }
        Optional<String> not = whyNot(visit, part, alike);
        if (not.isEmpty() && visit.isWithoutImage(images, part)) {
            return visit.device();
        }
        if (not.isPresent()) {
            moves.leave(visit.mac(), part, not.get());
            return visit.device();
        }
        return moves.give(
                visit.device(),
                now -> part.target() == null
                        ? now.toLayers(part.rollout())
                        : now.toVersion(part.target(), false, part.rollout()),
                () -> {
                    boolean mine = moves.tell(visit.mac(), part, step(visit, part, alike));
                    if (mine) {
                        takeFromOthers(visit, part, alike);
                    }
                    return mine;
                });
    }

    /** A heavier rollout that is still to tell the device: until it has, or is cancelled, the others wait. */
    private static boolean willTell(Membership other, Membership part) {
        return BY_WEIGHT.compare(other, part) > 0 && other.progress() == Progress.WAITING && goesOn(other);
    }

    private Optional<String> whyNot(Visit visit, Membership part, List<Membership> alike) {
        Optional<Membership> heavier = alike.stream()
                .filter(other -> BY_WEIGHT.compare(other, part) > 0 && holds(other))
                .findFirst();
        if (heavier.isPresent()) {
            return Optional.of("rollout " + heavier.get().rollout() + " has it");
        }
        if (part.kind() != RolloutKind.FIRMWARE) {
            return Optional.empty();
        }
        if (visit.device().settings().containsKey("firmwareVersion")) {
            return Optional.of("its own settings say which version it runs");
        }
        if (!isMeant(visit, part)) {
            return Optional.of("its model takes other firmware than when it became part of it");
        }
        // Before its end it is the rollout that waits for its image, not the device that is left
        return part.state().isEnd() || visit.complaint(images, part.target()).isEmpty()
                ? visit.noWay(images, part.target(), false)
                : Optional.empty();
    }

    private boolean isMeant(Visit visit, Membership part) {
        return board.plan(part.rollout())
                .flatMap(plan -> visit.family().map(plan.versions()::get))
                .filter(version -> version.equals(part.target()))
                .isPresent();
    }

    /** Whether a rollout has a device that another one may not take: not once it has ended and the device is through. */
    private static boolean holds(Membership other) {
        return other.progress() == Progress.RUNNING
                ? !other.state().isEnd()
                : Progress.OPEN.contains(other.progress()) && goesOn(other);
    }

    /** Layers that have finished are in force for all. */
    private static boolean goesOn(Membership other) {
        return RolloutState.GOING_ON.contains(other.state())
                && !(other.kind() == RolloutKind.LAYERS && other.state() == RolloutState.FINISHED);
    }

    /** What the device had before is kept: of one that is told again, or taken from another on the way, what it had before that. */
    private static Step step(Visit visit, Membership part, List<Membership> alike) {
        boolean isThere = part.kind() == RolloutKind.FIRMWARE && visit.runs(part.target());
        boolean again = WayBack.isToldStill(part, visit.rolled());
        Optional<Membership> before = again ? Optional.of(part) : takenFrom(visit, part, alike);
        return new Step(
                isThere ? Progress.RUNNING : Progress.TOLD,
                again ? part.beforeVersion() : visit.running(),
                before.isPresent()
                        ? before.get().beforeTarget()
                        : visit.rolled().version(),
                before.isPresent() ? before.get().beforeBy() : visit.rolled().by(),
                visit.running(),
                0,
                PassedVersions.of(visit.running()).text(),
                null,
                isThere);
    }

    private static Optional<Membership> takenFrom(Visit visit, Membership part, List<Membership> alike) {
        Long by = visit.rolled().by();
        return others(part, alike)
                .filter(other -> by != null && other.rollout() == by)
                .findFirst();
    }

    /** Those in which it is on its way. */
    private static Stream<Membership> others(Membership part, List<Membership> alike) {
        return alike.stream()
                .filter(other -> other.rollout() != part.rollout() && Progress.OPEN.contains(other.progress()));
    }

    private void takeFromOthers(Visit visit, Membership part, List<Membership> alike) {
        others(part, alike)
                .forEach(other -> moves.leave(visit.mac(), other, "rollout " + part.rollout() + " has taken it"));
    }
}
