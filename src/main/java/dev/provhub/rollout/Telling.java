package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.rollout.RolloutDevices.Membership;
import dev.provhub.rollout.RolloutDevices.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        if (not.isEmpty() && visit.isImageAway(images, part.target())) {
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
                    boolean mine = moves.tell(visit.mac(), part, step(visit, part));
                    if (mine) {
                        takeFromOthers(visit, part, alike);
                    }
                    return mine;
                });
    }

    /** A heavier rollout that is still to tell the device: until it has, or is cancelled, the others wait. */
    private static boolean willTell(Membership other, Membership part) {
        return BY_WEIGHT.compare(other, part) > 0
                && other.progress() == Progress.WAITING
                && RolloutState.GOING_ON.contains(other.state());
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
        return isMeant(visit, part)
                ? visit.noWay(images, part.target(), false)
                : Optional.of("its model takes other firmware than when it became part of it");
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
                : Progress.OPEN.contains(other.progress()) && RolloutState.GOING_ON.contains(other.state());
    }

    private static Step step(Visit visit, Membership part) {
        boolean isThere = part.kind() == RolloutKind.FIRMWARE && visit.runs(part.target());
        boolean again = WayBack.isToldStill(part, visit.rolled());
        return new Step(
                isThere ? Progress.RUNNING : Progress.TOLD,
                again ? part.beforeVersion() : visit.running(),
                again ? part.beforeTarget() : visit.rolled().version(),
                visit.running(),
                0,
                PassedVersions.of(visit.running()).text(),
                null,
                isThere);
    }

    private void takeFromOthers(Visit visit, Membership part, List<Membership> alike) {
        alike.stream()
                .filter(other -> other.rollout() != part.rollout() && Progress.OPEN.contains(other.progress()))
                .forEach(other -> moves.leave(visit.mac(), other, "rollout " + part.rollout() + " has taken it"));
    }
}
