package dev.provhub.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what is not well: at once, then once a day while it is so, and when it is well again. Thread-safe. */
final class HealthLog {
    private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);
    private static final Duration AGAIN_AFTER = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Told> told = new HashMap<>();

    HealthLog(Clock clock) {
        this.clock = clock;
    }

    private record Told(Finding.State state, Instant when) {}

    synchronized void tell(HealthReport report) {
        report.checks().forEach(check -> tell(check.name(), check.finding()));
    }

    private void tell(String name, Finding finding) {
        Told before = told.get(name);
        if (finding.state() == Finding.State.UP) {
            if (before != null) {
                told.remove(name);
                LOG.info("A check is well again check={}", name);
            }
            return;
        }
        Instant now = clock.instant();
        if (before == null
                || before.state() != finding.state()
                || !now.isBefore(before.when().plus(AGAIN_AFTER))) {
            told.put(name, new Told(finding.state(), now));
            LOG.warn("A check is not well check={} state={} reason=\"{}\"", name, finding.state(), finding.reason());
        }
    }
}
