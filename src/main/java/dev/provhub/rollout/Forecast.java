package dev.provhub.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a rollout may be through, if it goes on as it has gone. */
public final class Forecast {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Forecast() {}

    /** Empty when it does not run, or nothing has arrived yet. Hours in which no window is open are in the pace already. */
    public static Optional<Instant> of(Rollout rollout, GroupCounts counts, Instant now) {
        long known = counts.known();
        if (rollout.state() != RolloutState.RUNNING || rollout.started() == null || known == 0) {
            return Optional.empty();
        }
        Duration past = Duration.between(rollout.started(), now);
        Duration so = past.compareTo(SHORTEST) < 0 ? SHORTEST : past;
        long left = counts.counting() - known;
        double seconds = (double) so.toSeconds() * left / known;
        return Optional.of(now.plusSeconds(Math.min(Math.round(seconds), LONGEST.toSeconds())));
    }
}
