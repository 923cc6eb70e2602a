package dev.provhub.ops.metrics;

import dev.provhub.device.StoreException;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutState;
import dev.provhub.rollout.Rollouts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How many rollouts there are, and how far their devices are; counted once a minute when somebody asks. */
public final class RolloutGauges {
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final RolloutDesk desk;
    private final Clock clock;
    private Optional<Counts> counts = Optional.empty();
    private Instant until = Instant.MIN;

    private record Counts(Rollouts.Census census, boolean held) {}

    /** Registers the gauges. */
    public RolloutGauges(RolloutDesk desk, MeterRegistry registry, Clock clock) {
        this.desk = desk;
        this.clock = clock;
        for (RolloutState state : RolloutState.values()) {
            gauge(
                            "hub.rollouts",
                            "Rollouts by state",
                            found -> of(found.census().rollouts().get(state)))
                    .tag("state", state.word())
                    .register(registry);
        }
        for (Progress progress : Progress.values()) {
            gauge(
                            "hub.rollout.devices",
                            "Devices of rollouts that run, are paused or stopped",
                            found -> of(found.census().devices().get(progress)))
                    .tag("progress", progress.word())
                    .register(registry);
        }
        gauge("hub.rollout.held", "1 while every rollout is held", found -> found.held() ? 1 : 0)
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<Counts> value) {
        return Gauge.builder(name, () -> counts().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description);
    }

    private static double of(@org.jspecify.annotations.Nullable Long count) {
        return count == null ? 0 : count;
    }

    private synchronized Optional<Counts> counts() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            try {
                counts = Optional.of(new Counts(desk.census(), desk.hold().isPresent()));
            } catch (StoreException e) {
                counts = Optional.empty();
            }
            until = now.plus(LIFE);
        }
        return counts;
    }
}
