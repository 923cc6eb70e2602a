package dev.provhub.emulator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that many phones share: one for the timers, a few for requests. Thread-safe. */
public final class PhoneThreads implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final ExecutorService workers;

    /** @param workers how many phones can talk at the same time, from 1 */
    public PhoneThreads(int workers) {
        AtomicInteger number = new AtomicInteger();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "phone-timer"));
        this.workers =
                Executors.newFixedThreadPool(workers, task -> daemon(task, "phone-worker-" + number.incrementAndGet()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @param phoneSecondsPerSecond how much faster than real time the phones' clocks run, above 0 */
    public PhoneClock clock(double phoneSecondsPerSecond) {
        return new PhoneClock(phoneSecondsPerSecond, timer, workers);
    }

    /** Ends the threads at once; close the phones first. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
