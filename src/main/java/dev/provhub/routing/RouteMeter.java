package dev.provhub.routing;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;

/** Counts what a route does, over all edits of it since the hub has started. */
final class RouteMeter {
    private static final int LONGEST_REASON = 300;

    private final LongAdder exchanges = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator worst = new LongAccumulator(Long::max, 0);
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable Failure last;

    /** What went wrong last, without secrets. */
    record Failure(Instant time, String reason, @Nullable FailedStep in) {}

    void begun() {
        inFlight.incrementAndGet();
    }

    void ended(String route, Exchange exchange, long took, Clock clock) {
        inFlight.decrementAndGet();
        exchanges.increment();
        nanos.add(took);
        worst.accumulate(took);
        Throwable thrown = exchange.getException();
        if (thrown == null && route.equals(exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID))) {
            thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        }
        if (thrown != null) {
            failures.increment();
            last = new Failure(
                    clock.instant(),
                    shown(thrown),
                    FailedStep.of(exchange, thrown).orElse(null));
        }
    }

    private static String shown(Throwable thrown) {
        String reason = Masked.failure(thrown.getClass().getSimpleName() + ": " + Reasons.of(thrown));
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    }

    long exchanges() {
        return exchanges.sum();
    }

    long failures() {
        return failures.sum();
    }

    int inFlight() {
        return inFlight.get();
    }

    double meanMillis() {
        long count = exchanges.sum();
        return count == 0 ? 0 : nanos.sum() / 1e6 / count;
    }

    double worstMillis() {
        return worst.get() / 1e6;
    }

    @Nullable
    Failure last() {
        return last;
    }
}
