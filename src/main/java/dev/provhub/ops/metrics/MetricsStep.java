package dev.provhub.ops.metrics;

import java.util.List;
import org.apache.camel.Exchange;

/** Step {@code metrics}: all metrics for Prometheus. */
public final class MetricsStep {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HubMetrics metrics;
    private final List<Runnable> before;

    /** @param before what is to be done before metrics are read */
    public MetricsStep(HubMetrics metrics, List<Runnable> before) {
        this.metrics = metrics;
        this.before = List.copyOf(before);
    }

    /** 200 with the text. */
    public void show(Exchange exchange) {
        before.forEach(Runnable::run);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
        exchange.getMessage().setBody(metrics.scrape());
    }
}
