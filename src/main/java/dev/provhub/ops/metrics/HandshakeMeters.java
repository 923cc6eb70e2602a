package dev.provhub.ops.metrics;

import dev.provhub.listen.TlsFailures;
import dev.provhub.ops.alarm.Trouble;
import dev.provhub.ops.alarm.TroubleCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Counts TLS handshakes that failed, by listener and by what about was wrong. */
public final class HandshakeMeters {
    private final MeterRegistry registry;
    private final TroubleCounts troubles;

    /** @param troubles told of each */
    public HandshakeMeters(MeterRegistry registry, TroubleCounts troubles) {
        this.registry = registry;
        this.troubles = troubles;
    }

    /** What about a handshake was wrong, as far as its reason tells. */
    enum Fault {
        /** Somebody's certificate was not liked. */
        CERTIFICATE,
        /** There is no version or suite that both sides speak. */
        PROTOCOL,
        /** The other side went away in the middle. */
        CLOSED,
        /** Something else. */
        OTHER;

        static Fault of(String reason) {
            String text = reason.toLowerCase(Locale.ROOT);
            if (text.contains("certificate") || text.contains("unknown_ca") || text.contains("expired")) {
                return CERTIFICATE;
            }
            if (text.contains("protocol") || text.contains("cipher") || text.contains("handshake_failure")) {
                return PROTOCOL;
            }
            return text.contains("closed") ? CLOSED : OTHER;
        }
    }

    /** @param listener {@code https} or {@code https-legacy} */
    public Consumer<TlsFailures.Failure> of(String listener) {
        Map<Fault, Counter> counters = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            counters.put(
                    fault,
                    Counter.builder("hub.tls.handshake.failures")
                            .description("TLS handshakes that failed")
                            .tag("listener", listener)
                            .tag("fault", fault.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return failure -> {
            troubles.met(Trouble.TLS_FAILURE);
            Counter counter = counters.get(Fault.of(failure.reason()));
            if (counter != null) {
                counter.increment();
            }
        };
    }
}
