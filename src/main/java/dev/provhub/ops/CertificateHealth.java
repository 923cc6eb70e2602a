package dev.provhub.ops;

import dev.provhub.pki.CertificateEnds;
import dev.provhub.pki.CertificateEnds.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether what the listeners show is in force, and for some time to come. A certificate that is over is degraded and not down: the
 * hub still serves over HTTP and TFTP, and phones without a clock take it.
 */
public final class CertificateHealth extends HubCheck {
    private final CertificateEnds ends;
    private final Duration warnBefore;
    private final Clock clock;

    /**
     * Watches the certificates that listeners show.
     *
     * @param warnBefore how long before an end it is told; zero for not before it
     */
    public CertificateHealth(CertificateEnds ends, Duration warnBefore, Clock clock) {
        super("certificates");
        this.ends = ends;
        this.warnBefore = warnBefore;
        this.clock = clock;
    }

    @Override
    protected Finding look() {
        Instant now = clock.instant();
        List<String> reasons = ends.all().stream()
                .map(end -> reason(end, now))
                .flatMap(Optional::stream)
                .toList();
        return reasons.isEmpty()
                ? Finding.up()
                : Finding.degraded(reasons.stream().collect(Collectors.joining("; ")));
    }

    private Optional<String> reason(End end, Instant now) {
        String what = end.name() + " (" + end.subject() + ")";
        if (!end.notAfter().isAfter(now)) {
            return Optional.of(what + " ended on " + end.notAfter() + ": devices that know the time refuse it");
        }
        Duration before = end.renewedBefore().isZero() || end.renewedBefore().compareTo(warnBefore) > 0
                ? warnBefore
                : end.renewedBefore().minusDays(1);
        return end.notAfter().isBefore(now.plus(before))
                ? Optional.of(what + " ends on " + end.notAfter() + ", in " + end.daysLeft(now) + " days")
                : Optional.empty();
    }
}
