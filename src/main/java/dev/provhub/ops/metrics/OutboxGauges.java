package dev.provhub.ops.metrics;

import dev.provhub.device.StoreException;
import dev.provhub.order.event.OutboxFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What waits for listeners, and what waits for a person; counted every ten seconds when somebody asks. */
public final class OutboxGauges {
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final OutboxFigures figures;
    private final Clock clock;
    private Optional<OutboxFigures.Figures> found = Optional.empty();
    private Instant until = Instant.MIN;

    /** Registers the gauges. */
    public OutboxGauges(OutboxFigures figures, MeterRegistry registry, Clock clock) {
        this.figures = figures;
        this.clock = clock;
        gauge("hub.events.waiting", "Events of orders that wait for a listener", OutboxFigures.Figures::waiting)
                .register(registry);
        gauge("hub.events.oldest", "How long the oldest of them waits", this::age)
                .baseUnit("seconds")
                .register(registry);
        gauge("hub.faults", "What waits for a person", OutboxFigures.Figures::faults)
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<OutboxFigures.Figures> value) {
        return Gauge.builder(name, () -> look().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description);
    }

    private double age(OutboxFigures.Figures now) {
        Instant oldest = now.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }

    private synchronized Optional<OutboxFigures.Figures> look() {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            try {
                found = Optional.of(figures.look());
            } catch (StoreException e) {
                found = Optional.empty();
            }
            until = now.plus(LIFE);
        }
        return found;
    }
}
