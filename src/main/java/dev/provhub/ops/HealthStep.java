package dev.provhub.ops;

import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Step {@code health}: up or down, and nothing else for who has no token. */
public final class HealthStep {
    /** The process lives: it can run this. */
    public void live(Exchange exchange) {
        answer(exchange, true);
    }

    /** Every readiness check of the Camel context is up. */
    public void ready(Exchange exchange) {
        boolean up = HealthCheckHelper.invokeReadiness(exchange.getContext()).stream()
                .allMatch(result -> result.getState() == HealthCheck.State.UP);
        answer(exchange, up);
    }

    private static void answer(Exchange exchange, boolean up) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, up ? 200 : 503);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }
}
