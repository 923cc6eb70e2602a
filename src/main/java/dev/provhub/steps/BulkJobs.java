package dev.provhub.steps;

import dev.provhub.device.DeviceJobs;
import dev.provhub.device.DeviceJobs.Job;
import dev.provhub.device.DeviceJobs.State;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreException;
import dev.provhub.device.UnitOfWork;
import dev.provhub.device.filter.DeviceFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs, one after the other, each some devices at a time, and keeps how far each is. A hub says every few seconds that it still
 * has its jobs in hand, so that those of one that died can be told from those of another one that runs. Thread-safe.
 */
public final class BulkJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkJobs.class);
    private static final int AT_ONCE = 200;
    private static final int MOST_WAITING = 100;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    /** A running job that was not heard of for this long runs no more. */
    private static final Duration SILENT = Duration.ofSeconds(60);
    /** How long jobs and what they made are kept. */
    static final Duration KEPT = Duration.ofDays(7);

    private final DeviceJobs jobs;
    private final DeviceSearch search;
    private final UnitOfWork work;
    private final Clock clock;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> daemon(task, "device-jobs"));
    private final ScheduledExecutorService alive =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "device-jobs-alive"));
    private volatile boolean closed;

    /** Needs where jobs are kept, and the devices. */
    public BulkJobs(DeviceJobs jobs, DeviceSearch search, UnitOfWork work, Clock clock) {
        this.jobs = jobs;
        this.search = search;
        this.work = work;
        this.clock = clock;
        alive.scheduleAtFixedRate(
                this::sayAlive, SIGN_OF_LIFE.toMillis(), SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void sayAlive() {
        try {
            if (!inHand.isEmpty()) {
                jobs.alive(inHand, clock.instant());
            }
        } catch (StoreException e) {
            LOG.debug("it could not be noted that jobs run", e);
        }
    }

    /** Whether there is room for another one. */
    boolean hasRoom() {
        return !closed && inHand.size() < MOST_WAITING;
    }

    /** Begins a job that is kept already, as soon as those before it are done. */
    void start(Job job, DeviceFilter filter, BulkAction action) {
        inHand.add(job.id());
        worker.execute(() -> run(job, filter, action));
    }

    private void run(Job begun, DeviceFilter filter, BulkAction action) {
        Job job = begun;
        boolean ended = false;
        try {
            MacAddress last = null;
            List<MacAddress> some;
            do {
                some = closed ? List.of() : search.names(filter, last, AT_ONCE);
                if (!some.isEmpty()) {
                    job = chunk(job, some, action);
                    action.kept();
                    last = some.get(some.size() - 1);
                }
            } while (some.size() == AT_ONCE);
            ended = true;
            action.ended(!closed);
            job = closed ? end(job, State.INTERRUPTED, "the hub was stopped") : end(job, State.DONE, null);
        } catch (RuntimeException e) {
            LOG.error("job failed job={} action={}", job.id(), job.action(), e);
            job = end(job, State.FAILED, "the reason is in the hub's log");
            if (!ended) {
                action.ended(false);
            }
        } finally {
            inHand.remove(job.id());
            LOG.info(
                    "job ended job={} action={} state={} done={} changed={} failed={}",
                    job.id(),
                    job.action(),
                    job.state(),
                    job.done(),
                    job.changed(),
                    job.failed());
        }
    }

    private Job chunk(Job before, List<MacAddress> some, BulkAction action) {
        return work.run(() -> {
            BulkAction.Result result = action.apply(some);
            Job after =
                    before.advanced(some.size(), result.changed(), result.failed(), result.reason(), clock.instant());
            jobs.update(after);
            return after;
        });
    }

    private Job end(Job job, State state, @Nullable String reason) {
        Job ended = job.ended(state, reason, clock.instant());
        try {
            jobs.update(ended);
        } catch (StoreException e) {
            LOG.warn("the end of a job could not be noted job={}", job.id(), e);
        }
        return ended;
    }

    /** As a job is to be told: one of a hub that died is interrupted. */
    Job told(Job job) {
        Instant now = clock.instant();
        boolean silent =
                !inHand.contains(job.id()) && job.updated().plus(SILENT).isBefore(now);
        return job.state() == State.RUNNING && silent
                ? new Job(
                        job.id(),
                        job.action(),
                        job.filter(),
                        job.who(),
                        State.INTERRUPTED,
                        job.total(),
                        job.done(),
                        job.changed(),
                        job.failed(),
                        "the hub that ran it is gone",
                        job.started(),
                        job.updated(),
                        job.updated())
                : job;
    }

    /** Finishes the devices in hand; jobs that are not at their end are kept as interrupted. */
    @Override
    public void close() {
        closed = true;
        alive.shutdown();
        worker.shutdown();
        try {
            // Not interrupted: that would close an embedded database's file under it
            if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a job did not stop in time jobs={}", inHand);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
