package dev.provhub.ops;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the database answers. */
public final class DatabaseHealth extends AbstractHealthCheck {
    private final BooleanSupplier answers;

    /** @param answers asks the database something small; false when it cannot be reached */
    public DatabaseHealth(BooleanSupplier answers) {
        super("hub", "database");
        this.answers = answers;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (answers.getAsBoolean()) {
            builder.up();
        } else {
            builder.message("the database does not answer").down();
        }
    }
}
