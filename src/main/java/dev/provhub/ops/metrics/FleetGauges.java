package dev.provhub.ops.metrics;

import dev.provhub.device.DeviceState;
import dev.provhub.device.FleetCensus;
import dev.provhub.device.StoreException;
import dev.provhub.ops.Kept;
import dev.provhub.order.OrderState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is in the database: devices, orders, drift, NOTIFYs. It is counted at most once a minute, however often somebody asks; while
 * the database is away the gauges have no value (NaN).
 */
public final class FleetGauges {
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final FleetCensus census;
    private final Kept<Optional<FleetCensus.Counts>> counts;

    /** Registers the gauges. */
    public FleetGauges(FleetCensus census, MeterRegistry registry, Clock clock) {
        this.census = census;
        this.counts = new Kept<>(this::count, LIFE, clock);
        for (DeviceState state : DeviceState.values()) {
            for (boolean claimed : new boolean[] {true, false}) {
                gauge("hub.devices", "Devices that the hub knows", found -> devices(found, state, claimed))
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .tag("claimed", Boolean.toString(claimed))
                        .register(registry);
            }
        }
        for (OrderState state : OrderState.values()) {
            gauge(
                            "hub.orders",
                            "Orders that the hub has",
                            found -> of(found.orders().get(state.wireName())))
                    .tag("state", state.wireName())
                    .register(registry);
        }
        gauge("hub.drifting.devices", "Devices with drift that nobody has decided on", FleetCensus.Counts::drifting)
                .register(registry);
        gauge("hub.silent.devices", "Devices of which nothing is heard", FleetCensus.Counts::silent)
                .register(registry);
        for (String state : List.of("waiting", "sent")) {
            gauge(
                            "hub.notifications",
                            "NOTIFYs that are not over",
                            found -> of(found.notifications().get(state)))
                    .tag("state", state)
                    .register(registry);
        }
    }

    private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<FleetCensus.Counts> value) {
        return Gauge.builder(name, () -> counts.get().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description);
    }

    private static double devices(FleetCensus.Counts found, DeviceState state, boolean claimed) {
        return found.devices().stream()
                .filter(one -> one.state() == state && one.claimed() == claimed)
                .mapToLong(FleetCensus.OfState::devices)
                .sum();
    }

    private static double of(@org.jspecify.annotations.Nullable Long count) {
        return count == null ? 0 : count;
    }

    /** A failure is kept as long as a success: one scrape asks for many gauges, and each would wait anew. */
    private Optional<FleetCensus.Counts> count() {
        try {
            return Optional.of(census.count());
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
