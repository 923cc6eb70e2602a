package dev.provhub.ops.metrics;

import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.LogQuery;
import dev.provhub.ops.alarm.Trouble;
import dev.provhub.ops.alarm.TroubleCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A device log that counts what is written into it. */
public final class MeteredDeviceLog implements DeviceLog {
    private static final Words ACTIONS = Words.of("resync", "reboot", "report");
    private static final Words OUTCOMES = Words.of("delivered", "failed");

    private final DeviceLog log;
    private final TroubleCounts troubles;
    private final Map<DeviceEvent.Kind, Map<DeviceEvent.Evidence, Counter>> events =
            new EnumMap<>(DeviceEvent.Kind.class);
    private final Counter[] notifications = new Counter[ACTIONS.size() * OUTCOMES.size()];

    /**
     * Stands before another log.
     *
     * @param troubles told of what went wrong
     */
    public MeteredDeviceLog(DeviceLog log, MeterRegistry registry, TroubleCounts troubles) {
        this.log = log;
        this.troubles = troubles;
        for (DeviceEvent.Kind kind : DeviceEvent.Kind.values()) {
            Map<DeviceEvent.Evidence, Counter> ofKind = new EnumMap<>(DeviceEvent.Evidence.class);
            for (DeviceEvent.Evidence evidence : DeviceEvent.Evidence.values()) {
                if (kind != DeviceEvent.Kind.STATE) {
                    ofKind.put(evidence, counter(registry, kind, evidence));
                }
            }
            events.put(kind, ofKind);
        }
        for (int action = 0; action < ACTIONS.size(); action++) {
            for (int outcome = 0; outcome < OUTCOMES.size(); outcome++) {
                notifications[action * OUTCOMES.size() + outcome] = Counter.builder("hub.notify.outcomes")
                        .description("NOTIFYs that have ended")
                        .tag("action", ACTIONS.label(action))
                        .tag("outcome", OUTCOMES.label(outcome))
                        .register(registry);
            }
        }
    }

    private static Counter counter(MeterRegistry registry, DeviceEvent.Kind kind, DeviceEvent.Evidence evidence) {
        return Counter.builder("hub.events")
                .description("Events of the device log")
                .tag("kind", kind.word())
                .tag("evidence", evidence.word())
                .register(registry);
    }

    @Override
    public void add(DeviceEvent event) {
        log.add(event);
        Counter counter =
                events.getOrDefault(event.kind(), Map.of()).get(event.asker().evidence());
        if (counter != null) {
            counter.increment();
        }
        if (event.kind() == DeviceEvent.Kind.NOTIFY) {
            notified(event.verdict().outcome());
        } else if (event.kind() == DeviceEvent.Kind.SYSLOG
                && event.what().toLowerCase(Locale.ROOT).contains("corrupt file")) {
            troubles.met(Trouble.NOT_DECRYPTED);
        }
    }

    /** Action and outcome, as in {@code resync delivered}. */
    private void notified(String verdict) {
        int blank = verdict.indexOf(' ');
        int action = ACTIONS.place(blank < 0 ? verdict : verdict.substring(0, blank));
        int outcome = OUTCOMES.place(verdict.substring(blank + 1));
        notifications[action * OUTCOMES.size() + outcome].increment();
    }

    @Override
    public List<Numbered> page(LogQuery query) {
        return log.page(query);
    }

    @Override
    public int forgetBefore(Instant time) {
        return log.forgetBefore(time);
    }

    @Override
    public int keepNewest(long most) {
        return log.keepNewest(most);
    }
}
