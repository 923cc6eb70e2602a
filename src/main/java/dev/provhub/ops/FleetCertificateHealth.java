package dev.provhub.ops;

import dev.provhub.device.FleetFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether certificates of claimed devices end soon: such a device proves itself no more after a factory reset. */
public final class FleetCertificateHealth extends HubCheck {
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    private final Kept<Finding> finding;

    /** @param warnBefore how long before an end it is told; zero for never */
    public FleetCertificateHealth(FleetFigures figures, Duration warnBefore, Clock clock) {
        super("fleet-certificates");
        this.finding = new Kept<>(
                () -> warnBefore.isZero() ? Finding.up() : find(figures, warnBefore, clock.instant()), KEPT_FOR, clock);
    }

    private static Finding find(FleetFigures figures, Duration warnBefore, Instant now) {
        long over = figures.certificatesEnding(Instant.EPOCH, now);
        long ending = figures.certificatesEnding(now, now.plus(warnBefore));
        return over + ending == 0
                ? Finding.up()
                : Finding.degraded("certificates of claimed devices: " + over + " have ended, " + ending
                        + " end within " + warnBefore.toDays() + " days; ./hub cert fleet --days " + warnBefore.toDays()
                        + " lists them");
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
