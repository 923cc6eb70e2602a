package dev.provhub.notify;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on two threads, until they are closed. */
public final class ThreadTimers implements Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadTimers.class);
    private static final int THREADS = 2;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "notify-timers");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what fails is logged in place
    public void after(Duration wait, Runnable what) {
        try {
            threads.schedule(() -> logged(what), Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("timers are closed", e);
        }
    }

    private static void logged(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("A timer of NOTIFY has failed", e);
        }
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
