package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.rollout.RolloutDevices.Membership;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes from devices what a rollout that has stopped or goes back has told them. Thread-safe. */
final class WayBack {
    private final DeviceMoves moves;
    private final TellingTimes times;
    private final RolloutImages images;

    WayBack(DeviceMoves moves, TellingTimes times, RolloutImages images) {
        this.moves = moves;
        this.times = times;
        this.images = images;
    }

    /** One that waits to be told again, and has what it was told before it failed. */
    static boolean isToldStill(Membership part, Device.Rolled rolled) {
        return part.progress() == Progress.WAITING && part.beforeVersion() != null && isOf(part, rolled);
    }

    /** Whether a device has what this rollout has told it; of two to the same version it is the one that told it last. */
    private static boolean isOf(Membership part, Device.Rolled rolled) {
        if (part.kind() == RolloutKind.LAYERS) {
            return Long.valueOf(part.rollout()).equals(rolled.layers());
        }
        return rolled.by() == null
                ? String.valueOf(part.target()).equals(rolled.version())
                : rolled.by() == part.rollout();
    }

    /** Which other rollout has told a device a version since; null for none. */
    private static @Nullable Long other(Membership part, Device.Rolled rolled) {
        return part.kind() == RolloutKind.LAYERS || rolled.by() == null || rolled.by() == part.rollout()
                ? null
                : rolled.by();
    }

    private static Device.Rolled former(Membership part, Device.Rolled now) {
        if (!isOf(part, now)) {
            return now;
        }
        return part.kind() == RolloutKind.LAYERS
                ? now.toLayers(null)
                : now.backToVersion(part.beforeTarget(), part.beforeBy());
    }

    /** The rollout has stopped before the device got there: it is told what it was told before. The device as it then is. */
    Device withdraw(Visit visit, Membership part) {
        boolean hasFailed = part.progress() == Progress.FAILED;
        if (hasFailed && !isOf(part, visit.rolled())) {
            return visit.device();
        }
        return moves.give(
                visit.device(),
                now -> former(part, now),
                () -> hasFailed || moves.move(visit.mac(), part, part.to(Progress.WAITING, visit.running())));
    }

    /**
     * The rollout goes back.
     *
     * @param parts every part of the device in rollouts that still matter
     * @return the device as it then is
     */
    Device goBack(Visit visit, Membership part, List<Membership> parts) {
        return switch (part.kind()) {
            case LAYERS ->
                Set.of(Progress.WAITING, Progress.RETURNED).contains(part.progress())
                        ? visit.device()
                        : returned(visit, part);
            case FIRMWARE -> firmware(visit, part, parts);
        };
    }

    private Device firmware(Visit visit, Membership part, List<Membership> parts) {
        String before = part.beforeVersion();
        if (before == null
                || Set.of(Progress.WAITING, Progress.LEFT, Progress.RETURNED).contains(part.progress())) {
            return visit.device();
        }
        Long other = other(part, visit.rolled());
        if (other != null) {
            if (parts.stream().noneMatch(one -> one.rollout() == other && isOnItsWayBack(one))) {
                moves.leave(visit.mac(), part, "rollout " + other + " has told it a version since");
            }
            return visit.device();
        }
        return visit.runs(part.target()) && !visit.runs(before) ? down(visit, part, before) : returned(visit, part);
    }

    /** One that was told later goes back first. */
    private static boolean isOnItsWayBack(Membership part) {
        return part.state() == RolloutState.BACK
                && !Set.of(Progress.LEFT, Progress.RETURNED).contains(part.progress());
    }

    private Device down(Visit visit, Membership part, String before) {
        if (visit.isAway(images, before, true)) {
            return visit.device();
        }
        Optional<String> noWay = visit.complaint(images, before).or(() -> visit.noWay(images, before, true));
        if (noWay.isPresent()) {
            moves.leave(visit.mac(), part, noWay.get());
            return visit.device();
        }
        return moves.give(
                visit.device(),
                now -> other(part, now) == null ? now.toVersion(before, true, part.rollout()) : now,
                () -> times.mayGoDown(part, visit.device()));
    }

    private Device returned(Visit visit, Membership part) {
        return moves.give(
                visit.device(),
                now -> isBelow(part, now) ? now.backToVersion(now.version(), part.beforeBy()) : former(part, now),
                () -> moves.move(visit.mac(), part, part.to(Progress.RETURNED, visit.running())));
    }

    /** Whether it was told to go down: having done so, it is told just to stay. */
    private static boolean isBelow(Membership part, Device.Rolled now) {
        return part.kind() == RolloutKind.FIRMWARE
                && now.down()
                && String.valueOf(part.beforeVersion()).equals(now.version());
    }
}
