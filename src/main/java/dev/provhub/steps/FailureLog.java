package dev.provhub.steps;

import dev.provhub.routing.FailedStep;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells of requests that have failed, each in one line that names the step, and the script and its line. What led there, line by line
 * of the program, is told once in five minutes for each cause: when a thousand phones fail by the same step, the log stays readable.
 */
final class FailureLog {
    private final Logger log;
    private final String event;
    private final SeldomSaid stacks;

    /**
     * Tells a log.
     *
     * @param event  what has happened, in fixed words
     * @param stacks which causes were told with what led there
     */
    FailureLog(Logger log, String event, SeldomSaid stacks) {
        this.log = log;
        this.event = event;
        this.stacks = stacks;
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
                && stacks.now(exchange.getFromRouteId() + "|" + step + script + "|"
                                + cause.getClass().getName())
                        .isPresent();
        if (cause != null && (isFirst || log.isDebugEnabled())) {
            log.error("{} route={} step={}{} reason={}", event, exchange.getFromRouteId(), step, script, reason, cause);
        } else {
            log.error("{} route={} step={}{} reason={}", event, exchange.getFromRouteId(), step, script, reason);
        }
    }
}
