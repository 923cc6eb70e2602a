package dev.provhub.ops.alarm;

import dev.provhub.ops.Finding;
import dev.provhub.ops.HubCheck;
import java.util.stream.Collectors;

/** Whether something goes wrong in the fleet much more often than usual. */
public final class AlarmHealth extends HubCheck {
    private final Alarms alarms;

    /** Needs the alarms. */
    public AlarmHealth(Alarms alarms) {
        super("alarms");
        this.alarms = alarms;
    }

    @Override
    protected Finding look() {
        String reasons = alarms.raised().stream().map(Alarms.Alarm::says).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Finding.up() : Finding.degraded(reasons);
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
