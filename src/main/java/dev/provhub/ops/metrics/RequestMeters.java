package dev.provhub.ops.metrics;

import dev.provhub.device.DeviceRequest;
import dev.provhub.ops.alarm.Trouble;
import dev.provhub.ops.alarm.TroubleCounts;
import dev.provhub.steps.HubExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Route policy {@code requestMeters}: counts the requests of a route and measures them, from when the route takes one to when its
 * answer is ready. It is on the way of every poll: a meter is looked up once for each combination, which there are few of.
 */
public final class RequestMeters extends RoutePolicySupport {
    private static final String BEGUN = "hubBegun";
    private static final Words TRANSPORTS = Words.of("tftp", "http", "https");
    private static final Words KINDS = Words.of(
            "bootstrap",
            "key",
            "targeted",
            "profile",
            "report",
            "wipe",
            "template",
            "firmware",
            "certificate",
            "busy",
            "nothing");
    private static final String NOT_FOUND = "not found";
    private static final Words OUTCOMES =
            Words.of("answered", NOT_FOUND, "refused", "failed", "as given", "drift", "not applied", "kept");
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final TroubleCounts troubles;
    private final AtomicReferenceArray<@Nullable Counter> counters =
            new AtomicReferenceArray<>(TRANSPORTS.size() * KINDS.size() * OUTCOMES.size());
    private final AtomicReferenceArray<@Nullable Timer> timers =
            new AtomicReferenceArray<>(TRANSPORTS.size() * KINDS.size());

    /** @param troubles told of what went wrong */
    public RequestMeters(MeterRegistry registry, TroubleCounts troubles) {
        this.registry = registry;
        this.troubles = troubles;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(BEGUN, System.nanoTime());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.removeProperty(BEGUN) instanceof Long begun) {
            DeviceRequest request = exchange.getProperty(HubExchange.REQUEST, DeviceRequest.class);
            String kind = exchange.getProperty(HubExchange.KIND, String.class);
            String outcome = exchange.getProperty(HubExchange.OUTCOME, NOT_FOUND, String.class);
            count(
                    request == null ? null : request.transport().name().toLowerCase(Locale.ROOT),
                    kind,
                    outcome,
                    System.nanoTime() - begun);
            note(exchange, kind, outcome);
        }
    }

    private void note(Exchange exchange, @Nullable String kind, String outcome) {
        if (outcome.equals(NOT_FOUND)) {
            troubles.met(Trouble.NOT_FOUND);
        } else if (outcome.equals("refused") && "report".equals(kind)) {
            troubles.met(Trouble.NOT_DECRYPTED);
        }
        if (exchange.getProperty(HubExchange.UNKNOWN_MODEL, false, Boolean.class)) {
            troubles.met(Trouble.UNKNOWN_MODEL);
        }
        if (HubExchange.isContradiction(exchange)) {
            troubles.met(Trouble.CONTRADICTION);
        }
    }

    /**
     * Counts a request; what is none of the known words counts as {@code other}.
     *
     * @param transport {@code tftp}, {@code http} or {@code https}; null when it is not known
     * @param kind      as {@link HubExchange#KIND}; null for none
     * @param outcome   as {@link HubExchange#OUTCOME}
     * @param nanos     how long it took
     */
    public void count(@Nullable String transport, @Nullable String kind, String outcome, long nanos) {
        int ofTransport = TRANSPORTS.place(transport);
        int ofKind = KINDS.place(kind);
        int ofOutcome = OUTCOMES.place(outcome);
        int pair = ofTransport * KINDS.size() + ofKind;
        int place = pair * OUTCOMES.size() + ofOutcome;
        Counter counter = counters.get(place);
        if (counter == null) {
            counter = counter(TRANSPORTS.label(ofTransport), KINDS.label(ofKind), OUTCOMES.label(ofOutcome));
            counters.set(place, counter);
        }
        counter.increment();
        Timer timer = timers.get(pair);
        if (timer == null) {
            timer = timer(TRANSPORTS.label(ofTransport), KINDS.label(ofKind));
            timers.set(pair, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter counter(String transport, String kind, String outcome) {
        return Counter.builder("hub.requests")
                .description("Requests of phones")
                .tag("transport", transport)
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer timer(String transport, String kind) {
        return Timer.builder("hub.request")
                .description("From when a request is there to when its answer is ready")
                .tag("transport", transport)
                .tag("kind", kind)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
