package dev.provhub.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class HealthReportTest {
    private static DefaultCamelContext withDown(String... names) {
        DefaultCamelContext context = new DefaultCamelContext();
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.setEnabled(true);
        for (String name : names) {
            checks.register(new AbstractHealthCheck("camel", name) {
                @Override
                protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                    builder.down();
                }
            });
        }
        context.start();
        return context;
    }

    private static Object ready(DefaultCamelContext context) {
        Exchange exchange = new DefaultExchange(context);
        new HealthStep(Clock.systemUTC()).ready(exchange);
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    @Test
    void feedThatBringsNothing_isDegraded_andTheHubServesPhonesWithoutIt() throws Exception {
        try (DefaultCamelContext context = withDown("consumer:take-from-kafka")) {
            assertThat(HealthReport.of(context).checks())
                    .extracting(
                            HealthReport.Check::name, check -> check.finding().state())
                    .contains(tuple("consumer:take-from-kafka", Finding.State.DEGRADED));
            assertThat(ready(context)).isEqualTo(200);
        }
    }

    @Test
    void listenerThatDoesNotListen_isDown_andTheHubIsNotReady() throws Exception {
        try (DefaultCamelContext context = withDown("consumer:serve-http")) {
            assertThat(HealthReport.of(context).worst()).isEqualTo(Finding.State.DOWN);
            assertThat(ready(context)).isEqualTo(503);
        }
    }
}
