package dev.provhub.emulator;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Time as the phones live it, and tasks at such times. Made by {@link PhoneThreads#clock}. Thread-safe. */
public final class PhoneClock {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double scale;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final long startedNanos = System.nanoTime();

    PhoneClock(double phoneSecondsPerSecond, ScheduledExecutorService timer, Executor workers) {
        if (!(phoneSecondsPerSecond > 0)) {
            throw new IllegalArgumentException("Time scale must be above 0, not " + phoneSecondsPerSecond);
        }
        this.scale = phoneSecondsPerSecond;
        this.timer = timer;
        this.workers = workers;
    }

    /** Phone seconds since this clock was made. */
    double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS_PER_SECOND * scale;
    }

    /** Runs a task on a worker after so many phone seconds. */
    Future<?> after(double phoneSeconds, Runnable task) {
        long nanos = (long) (phoneSeconds / scale * NANOS_PER_SECOND);
        return timer.schedule(() -> handOver(task), nanos, TimeUnit.NANOSECONDS);
    }

    private void handOver(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            // The threads were closed meanwhile: nobody waits for this task any more
            return;
        }
    }
}
