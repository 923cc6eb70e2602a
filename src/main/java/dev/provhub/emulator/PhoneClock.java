package dev.provhub.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A phone's time, which may pass faster than ours. Everything that a phone waits for goes through it. Implementations are
 * thread-safe, and one may serve any number of phones.
 */
public interface PhoneClock {
    /** Phone time since the clock was made. Never goes back. */
    Duration elapsed();

    /** Date and time as the phone sees it. */
    Instant instant();

    /** How long a stretch of phone time takes in real time. */
    Duration real(Duration phoneTime);

    /**
     * Runs something later.
     *
     * @param delay  in phone time; zero or negative for as soon as possible
     * @param action runs on a thread of the clock and may block it while the phone talks to a server
     */
    Timer after(Duration delay, Runnable action);

    /** Something that was to run later. */
    @FunctionalInterface
    interface Timer {
        /** Nothing happens when it has run, or is running. */
        void cancel();
    }

    /**
     * A clock that runs {@code scale} times as fast as ours.
     *
     * @param scheduler stays the caller's; it needs as many threads as phones are to fetch at the same time
     * @param clock     for the date at the start
     * @param scale     phone seconds in a real second, above 0; 60 makes a minute of a second
     */
    static PhoneClock scaled(ScheduledExecutorService scheduler, Clock clock, double scale) {
        return new ScaledClock(scheduler, clock.instant(), scale);
    }
}
