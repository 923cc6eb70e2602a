package dev.provhub.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the phone's timers; arming it again replaces what it was armed for. Used by the phone's own jobs only. */
final class PhoneTimer {
    private final PhoneClock clock;
    private final OneAtATime jobs;
    private PhoneClock.@Nullable Timer timer;
    private long armed;
    private volatile boolean off;

    PhoneTimer(PhoneClock clock, OneAtATime jobs) {
        this.clock = clock;
        this.jobs = jobs;
    }

    synchronized void arm(Duration delay, Runnable job) {
        cancel();
        if (off) {
            return;
        }
        long turn = armed;
        timer = clock.after(
                delay,
                () -> jobs.run(() -> {
                    if (takes(turn)) {
                        job.run();
                    }
                }));
    }

    synchronized void cancel() {
        armed++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** For good. */
    void switchOff() {
        off = true;
        cancel();
    }

    synchronized boolean isArmed() {
        return timer != null;
    }

    /** Whether it is still this turn's; then it is armed no more. */
    private synchronized boolean takes(long turn) {
        boolean due = !off && turn == armed;
        if (due) {
            timer = null;
        }
        return due;
    }
}
