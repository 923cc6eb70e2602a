package dev.provhub.ops.metrics;

import dev.provhub.tftp.server.TransferListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Bean {@code transferMeters}: counts TFTP transfers, their bytes and what had to be sent again. */
public final class TransferMeters implements TransferListener {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    private final Way reads;
    private final Way writes;
    private final Counter retransmissions;

    /** Registers its meters. */
    public TransferMeters(MeterRegistry registry) {
        this.reads = new Way(registry, "read");
        this.writes = new Way(registry, "write");
        this.retransmissions = Counter.builder("hub.tftp.retransmissions")
                .description("TFTP packets that were sent again")
                .register(registry);
    }

    /** Files that clients read, or that they write. */
    private static final class Way {
        final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
        final Counter bytes;
        final Timer durations;

        Way(MeterRegistry registry, String direction) {
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(
                        outcome,
                        Counter.builder("hub.tftp.transfers")
                                .description("TFTP transfers that have ended")
                                .tag("direction", direction)
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
            bytes = Counter.builder("hub.tftp.transferred")
                    .description("Bytes of files that were acknowledged, or have come")
                    .baseUnit("bytes")
                    .tag("direction", direction)
                    .register(registry);
            durations = Timer.builder("hub.tftp.transfer")
                    .description("From the first packet of a transfer to its end")
                    .tag("direction", direction)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
        }
    }

    @Override
    public void ended(Report report) {
        Way way = report.write() ? writes : reads;
        Counter outcome = way.outcomes.get(report.outcome());
        if (outcome != null) {
            outcome.increment();
        }
        way.bytes.increment((double) report.bytes());
        way.durations.record(report.duration());
        retransmissions.increment(report.retransmissions());
    }
}
