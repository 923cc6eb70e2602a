package dev.provhub.steps;

import dev.provhub.routing.FailedStep;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells of requests that have failed, each in one line that names the step, and the script and its line. What led there, line by line
 * of the program, is told once a minute for each cause: when a thousand phones fail by the same step, the log stays readable.
 */
final class FailureLog {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MOST_CAUSES = 500;

    private final Logger log;
    private final String event;
    private final LongSupplier nanos;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    /** @param event what has happened, in fixed words */
    FailureLog(Logger log, String event) {
        this(log, event, System::nanoTime);
    }

    /** @param nanos a clock that only goes on */
    FailureLog(Logger log, String event, LongSupplier nanos) {
        this.log = log;
        this.event = event;
        this.nanos = nanos;
    }

    void tell(Exchange exchange, @Nullable Throwable cause) {
        Optional<FailedStep> failed = FailedStep.of(exchange, cause);
        String step = failed.map(FailedStep::step).orElse("unknown");
        String script = failed.map(FailedStep::script)
                .filter(text -> !text.isEmpty())
                .map(text -> " script=" + text)
                .orElse("");
        String reason = cause == null
                ? "unknown"
                : failed.map(FailedStep::reason).orElse(cause.getClass().getSimpleName());
        boolean isFirst = cause != null
                && isFirst(exchange.getFromRouteId() + "|" + step + script + "|"
                        + cause.getClass().getName());
        if (cause != null && (isFirst || log.isDebugEnabled())) {
            log.error("{} route={} step={}{} reason={}", event, exchange.getFromRouteId(), step, script, reason, cause);
        } else {
            log.error("{} route={} step={}{} reason={}", event, exchange.getFromRouteId(), step, script, reason);
        }
    }

    /** Whether it has not been told for a minute. */
    private boolean isFirst(String cause) {
        long now = nanos.getAsLong();
        if (told.size() >= MOST_CAUSES) {
            told.values().removeIf(at -> now - at >= MINUTE_NANOS);
        }
        if (told.size() >= MOST_CAUSES && !told.containsKey(cause)) {
            return false;
        }
        boolean[] isFirst = new boolean[1];
        told.compute(cause, (key, at) -> {
            isFirst[0] = at == null || now - at >= MINUTE_NANOS;
            return isFirst[0] || at == null ? Long.valueOf(now) : at;
        });
        return isFirst[0];
    }
}
