package dev.provhub.ops;

import dev.provhub.silence.Silences;
import java.time.Clock;
import java.time.Duration;

/** Whether nothing is heard of too large a part of the fleet. */
public final class SilenceHealth extends HubCheck {
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Kept<Finding> finding;

    /** @param percent from which share of the devices that hold a profile on it is told, 1 to 100 */
    public SilenceHealth(Silences silences, int percent, Clock clock) {
        super("silence");
        this.finding = new Kept<>(() -> find(silences.count(), silences.watched(), percent), KEPT_FOR, clock);
    }

    static Finding find(long silent, long watched, int percent) {
        if (silent == 0) {
            return Finding.up();
        }
        String count = silent + " of " + watched + " devices that hold a profile are silent";
        return silent * 100.0 > (double) watched * percent
                ? Finding.degraded(count + ", more than " + percent + " % (hub.silence.alarm-percent)")
                : Finding.up(count);
    }

    @Override
    protected Finding look() {
        return finding.get();
    }

    /** It never says down, and a balancer that asks often is no reason to ask the database. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
