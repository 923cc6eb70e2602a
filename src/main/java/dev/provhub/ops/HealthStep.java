package dev.provhub.ops;

import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.jspecify.annotations.Nullable;

/** Step {@code health}: up or down, and nothing else for who has no token; every check and its reason for who has one. */
public final class HealthStep {
    private final HealthLog log;
    private volatile Finding.@Nullable State worst;

    /** @param clock by which the log is told once a day */
    public HealthStep(Clock clock) {
        this.log = new HealthLog(clock);
    }

    /** The process lives: it can run this. */
    public void live(Exchange exchange) {
        answer(exchange, true);
    }

    /** Every readiness check of the Camel context is up; what is degraded is up, and a feed that brings nothing is no matter. */
    public void ready(Exchange exchange) {
        boolean up = HealthCheckHelper.invokeReadiness(exchange.getContext()).stream()
                .filter(result -> !HealthReport.isOfFeed(result.getCheck()))
                .allMatch(result -> result.getState() == HealthCheck.State.UP);
        answer(exchange, up);
    }

    /** Every check with its state and reason as JSON, and the worst state of all: 200 whatever it is. */
    public void report(Exchange exchange) {
        answer(exchange, 200, HealthReport.of(exchange.getContext()).json());
    }

    /** Tells the log what is not well, each thing once a day. */
    public void watch(Exchange exchange) {
        HealthReport report = HealthReport.of(exchange.getContext());
        worst = report.worst();
        log.tell(report);
    }

    /** The worst that {@link #watch} has found the last time; null before it has looked. */
    public Finding.@Nullable State worst() {
        return worst;
    }

    private static void answer(Exchange exchange, boolean up) {
        answer(exchange, up ? 200 : 503, up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }

    private static void answer(Exchange exchange, int status, String json) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(json);
    }
}
