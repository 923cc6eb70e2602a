package dev.provhub.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * When a rollout may be through, if its groups go on as they have gone: one that is told by its own pace, and each that is still to
 * come as long as those before took, since a group waits for its devices' polls and not for their number. Hours in which no window is
 * open are in the pace already.
 */
public final class Forecast {
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    private Forecast() {}

    /**
     * Looks ahead.
     *
     * @param counts how far devices are, by group
     * @return empty when it does not run, or no group has shown yet how long one takes
     */
    public static Optional<Instant> of(
            Rollout rollout, List<RolloutGroup> groups, Map<Integer, GroupCounts> counts, Instant now) {
        if (rollout.state() != RolloutState.RUNNING) {
            return Optional.empty();
        }
        Optional<RolloutGroup> open =
                groups.stream().filter(group -> group.done() == null).findFirst();
        return open.flatMap(present -> {
            long later = groups.stream()
                    .filter(group -> group.number() > present.number())
                    .count();
            OptionalDouble typical = typical(groups);
            double past = seconds(present.begun(), now);
            double share = share(
                    rollout.plan().group(present.number()), counts.getOrDefault(present.number(), GroupCounts.NONE));
            if (share == 0 && typical.isEmpty()) {
                return Optional.empty();
            }
            double whole = share > 0 ? past / share : Math.max(past, typical.getAsDouble());
            double left = whole - past + later * typical.orElse(whole);
            return Optional.of(now.plusSeconds(Math.min(Math.round(left), LONGEST)));
        });
    }

    /** How long a group took from its begin until the next one could begin. */
    private static OptionalDouble typical(List<RolloutGroup> groups) {
        return groups.stream()
                .filter(group -> group.done() != null && group.devices() > 0)
                .mapToDouble(group -> seconds(group.begun(), group.done()))
                .average();
    }

    private static double seconds(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? 0
                : Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }

    /** How much of what a group needs is known, 0 to 1. */
    private static double share(GroupPlan plan, GroupCounts counts) {
        long needed = Math.max(1, plan.success().of(counts.counting()));
        return Math.min(1, (double) counts.known() / needed);
    }
}
