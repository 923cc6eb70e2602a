package dev.provhub.ops.metrics;

import dev.provhub.ops.alarm.Trouble;
import dev.provhub.ops.alarm.TroubleCounts;
import dev.provhub.pki.CertificateEnds;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The registry of one hub, and what is only read when somebody asks. Route files find it as {@code metricsRegistry}; at most {@value
 * #MOST_METERS} meters are taken, whatever they count.
 */
public final class HubMetrics implements AutoCloseable {
    private static final int MOST_METERS = 5_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final TroubleCounts troubles = new TroubleCounts();
    /** A counter holds its source weakly, and stands still when that is collected. */
    private final List<DoubleSupplier> held = new CopyOnWriteArrayList<>();

    /** Begins with what every program has: memory, threads, processors, files. */
    public HubMetrics() {
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MOST_METERS));
        List<MeterBinder> ofEveryProgram = List.of(
                new JvmMemoryMetrics(),
                garbage,
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics());
        ofEveryProgram.forEach(binder -> binder.bindTo(registry));
        for (Trouble trouble : Trouble.values()) {
            FunctionCounter.builder("hub.troubles", troubles, counts -> counts.total(trouble))
                    .description("What went wrong in the fleet and is watched for sudden growth")
                    .tag("name", trouble.word())
                    .register(registry);
        }
    }

    /** For more meters; of routes too. */
    public MeterRegistry registry() {
        return registry;
    }

    /** What is watched for sudden growth. */
    public TroubleCounts troubles() {
        return troubles;
    }

    /** A number that is asked for when somebody reads the metrics. */
    public void gauge(String name, String description, DoubleSupplier value) {
        gauge(name, description, Tags.empty(), value);
    }

    /** The same with labels. */
    public void gauge(String name, String description, Tags labels, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /** A number that only grows, counted elsewhere. */
    public void counter(String name, String description, DoubleSupplier value) {
        counter(name, description, Tags.empty(), value);
    }

    /** The same with labels. */
    public void counter(String name, String description, Tags labels, DoubleSupplier value) {
        held.add(value);
        FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    /** Days until each certificate of the hub ends; those of a host that is added later are among them. */
    public Runnable certificates(CertificateEnds ends, Clock clock) {
        MultiGauge days = MultiGauge.builder("hub.certificate.left")
                .description("Whole days until a certificate of the hub ends, below 0 when it has ended")
                .baseUnit("days")
                .register(registry);
        return () -> days.register(
                ends.all().stream()
                        .map(end -> MultiGauge.Row.of(Tags.of("name", end.name()), end.daysLeft(clock.instant())))
                        .collect(Collectors.toList()),
                true);
    }

    /** Everything in the text format of Prometheus, version 0.0.4. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
