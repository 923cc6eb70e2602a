package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.rollout.RolloutDevices.Membership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** When a device may be told to load something: in its rollout's hours, by its own clock, and not all devices at once. Thread-safe. */
final class TellingTimes {
    private static final int TURNS = 10_000;
    /** More than clocks of two hubs differ by. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final RolloutBoard board;
    private final Clock clock;

    TellingTimes(RolloutBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Whether a device that waits is to be told now. */
    boolean isDue(Membership part, Device device) {
        return part.progress() == Progress.WAITING
                && RolloutState.TELLING.contains(part.state())
                && part.begun() != null
                && isOpen(part, part.begun(), device);
    }

    /** Whether it may be told now to go down to a former version: an image to load, too, for which somebody in haste waits no hours. */
    boolean mayGoDown(Membership part, Device device) {
        Instant ended = part.ended();
        return !board.isHeld() && (part.backNow() || ended == null || isOpen(part, ended, device));
    }

    private boolean isOpen(Membership part, Instant since, Device device) {
        Instant now = clock.instant();
        ZoneId zone = MaintenanceWindows.zone(device.place().timeZone(), clock.getZone());
        return board.plan(part.rollout())
                .filter(plan -> part.turn() < turn(plan.spread(), since, now)
                        && plan.windows().isOpen(now, zone))
                .isPresent();
    }

    /** Up to which place of a spread devices are told. */
    static int turn(Duration spread, Instant since, Instant now) {
        if (since.isAfter(now.plus(SKEW))) {
            // A clock that was wrong then, and would have the devices wait until it is right
            return TURNS;
        }
        long past = Math.max(0, Duration.between(since, now).toMillis());
        return past >= spread.toMillis() ? TURNS : (int) (past * TURNS / spread.toMillis());
    }
}
