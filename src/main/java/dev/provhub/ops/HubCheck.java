package dev.provhub.ops;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One thing that must be well. To add one: extend this, give it a name, say in {@link #look} how it is, and bind it in {@code
 * HubHealth}; every health check among the steps is asked for {@code GET /api/v1/health} and once a minute for the log.
 *
 * <p>Only {@link Finding.State#DOWN} takes the hub out of {@code /health/ready}. What is degraded is up for Camel and has the
 * detail {@value #DEGRADED}.
 */
public abstract class HubCheck extends AbstractHealthCheck {
    /** Detail of a result of Camel's: true when what is up is degraded. */
    static final String DEGRADED = "degraded";

    private static final String GROUP = "hub";

    /** @param name in lower case, as in {@code fleet-certificates} */
    protected HubCheck(String name) {
        super(GROUP, name);
    }

    /** How it is now. Called from many threads; what takes long keeps its finding in a {@link Kept}. What it throws is degraded. */
    protected abstract Finding look();

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Finding finding = looked();
        if (finding.reason() != null) {
            builder.message(finding.reason());
        }
        if (finding.state() == Finding.State.DOWN) {
            builder.down();
        } else {
            builder.detail(DEGRADED, finding.state() == Finding.State.DEGRADED).up();
        }
    }

    private Finding looked() {
        try {
            return look();
        } catch (RuntimeException e) {
            return Finding.degraded("cannot be found out: " + e.getMessage());
        }
    }
}
