package dev.provhub.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Real time, multiplied. */
final class ScaledClock implements PhoneClock {
    private final ScheduledExecutorService scheduler;
    private final Instant start;
    private final double scale;
    private final long startNanos = System.nanoTime();

    ScaledClock(ScheduledExecutorService scheduler, Instant start, double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("time scale " + scale + " is not above 0");
        }
        this.scheduler = scheduler;
        this.start = start;
        this.scale = scale;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos((long) ((System.nanoTime() - startNanos) * scale));
    }

    @Override
    public Instant instant() {
        return start.plus(elapsed());
    }

    @Override
    public Duration real(Duration phoneTime) {
        return Duration.ofNanos((long) (phoneTime.toMillis() * 1_000_000.0 / scale));
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Future<?> future = scheduler.schedule(action, real(delay).toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
