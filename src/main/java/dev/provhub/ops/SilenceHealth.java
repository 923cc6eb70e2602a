package dev.provhub.ops;

import dev.provhub.silence.Silences;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether nothing is heard of too large a part of the fleet. */
public final class SilenceHealth extends HubCheck {
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Kept<Finding> finding;

    /**
     * Asks the list of silent devices.
     *
     * @param watched how many devices poll here; asked only when some are silent
     * @param percent from which share of them on it is told, 1 to 100
     */
    public SilenceHealth(Silences silences, LongSupplier watched, int percent, Clock clock) {
        super("silence");
        this.finding = new Kept<>(() -> find(silences.count(), watched, percent), KEPT_FOR, clock);
    }

    static Finding find(long silent, LongSupplier among, int percent) {
        if (silent == 0) {
            return Finding.up();
        }
        long watched = Math.max(silent, among.getAsLong());
        String count = silent + " of " + watched + " devices that poll here are silent";
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
