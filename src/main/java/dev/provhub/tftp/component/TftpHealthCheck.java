package dev.provhub.tftp.component;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether a consumer listens. */
final class TftpHealthCheck extends AbstractHealthCheck {
    private final TftpConsumer consumer;

    TftpHealthCheck(TftpConsumer consumer, String routeId) {
        super("camel", "tftp-consumer-" + routeId);
        this.consumer = consumer;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("port", consumer.getBoundPort());
        if (consumer.isListening()) {
            builder.up();
        } else {
            builder.down().message("does not listen");
        }
    }
}
