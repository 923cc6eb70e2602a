package dev.provhub.emulator.swarm;

import java.time.Duration;

/** How phones come: what their clocks have in common. Times are the phones'. */
public enum Scenario {
    /** The power of a region comes back, street by street: phones boot within two seconds, then their random delay spreads them. */
    POWER_FAILURE(Duration.ofSeconds(2), true),
    /** Phones are on; all resync within the window of {@code Resync_At__HHmm_}. */
    UPDATE_EVENING(Duration.ofMinutes(10), false),
    /** Phones are on; each resyncs at its own time of an hour. */
    STEADY(Duration.ofHours(1), false);

    private final Duration over;
    private final boolean boots;

    Scenario(Duration over, boolean boots) {
        this.over = over;
        this.boots = boots;
    }

    /** Over what time they begin, unless a plan says otherwise. */
    public Duration over() {
        return over;
    }

    /** Whether they are switched on; else they have been on for long. */
    public boolean boots() {
        return boots;
    }
}
