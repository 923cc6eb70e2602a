package dev.provhub.routing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How edits of route files ended, since the start. */
final class RouteEdits {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private final Clock clock;
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong withdrawals = new AtomicLong();
    private volatile List<RouteProblem> refused = List.of();
    private volatile List<RouteProblem> warnings = List.of();
    private volatile Instant since;

    RouteEdits(Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * The files are in force.
     *
     * @param isNews whether something was put in force for them; else they are again as what runs
     */
    void agreed(boolean isNews) {
        if (!isNews && !refused.isEmpty()) {
            withdrawals.incrementAndGet();
            LOG.info("Routes are well again, the files are as what runs problems={}", refused.size());
        }
        refused = List.of();
    }

    void applied(int pieces, long millis) {
        applied.incrementAndGet();
        since = clock.instant();
        LOG.info("Routes changed pieces={} millis={}", pieces, millis);
    }

    /** The files are wrong. */
    void refused(List<RouteProblem> problems) {
        refusals.incrementAndGet();
        tell(problems);
    }

    /** The files are well and yet cannot be put in force. */
    void failed(List<RouteProblem> problems) {
        failures.incrementAndGet();
        tell(problems);
    }

    /** The files are well and come into force later. */
    void waiting(List<RouteProblem> problems) {
        if (!problems.equals(refused)) {
            problems.forEach(problem -> LOG.info(
                    "Routes wait file={} line={} reason={}", problem.file(), problem.line(), problem.reason()));
        }
        refused = problems;
    }

    /** Something is odd about the files, whether they come into force or not. */
    void warned(List<RouteProblem> odd) {
        odd.stream()
                .filter(one -> !warnings.contains(one))
                .forEach(one -> LOG.warn("Route file is odd file={} reason={}", one.file(), one.reason()));
        warnings = odd;
    }

    List<RouteProblem> warnings() {
        return warnings;
    }

    private void tell(List<RouteProblem> problems) {
        if (!problems.equals(refused)) {
            problems.forEach(problem -> LOG.error(
                    "Routes refused, those before run on file={} line={} column={} reason={}",
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    problem.reason()));
        }
        refused = problems;
    }

    List<RouteProblem> refused() {
        return refused;
    }

    Instant since() {
        return since;
    }

    RoutesState.Reloads reloads() {
        return new RoutesState.Reloads(applied.get(), refusals.get(), failures.get(), withdrawals.get());
    }
}
