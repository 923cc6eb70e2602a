package dev.provhub.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is found out anew only when some time has passed, or the clock was set back, however often it is asked. Thread-safe. */
public final class Kept<T> {
    private final Supplier<T> source;
    private final Duration life;
    private final Clock clock;
    private @Nullable T value;
    private Instant taken = Instant.EPOCH;

    /**
     * Keeps what a source says.
     *
     * @param source asked by one thread at a time; when it throws, nothing is kept
     * @param life   for how long
     */
    public Kept(Supplier<T> source, Duration life, Clock clock) {
        this.source = source;
        this.life = life;
        this.clock = clock;
    }

    /** What the source said last, at most so long ago. */
    public synchronized T get() {
        Instant now = clock.instant();
        T known = value;
        if (known != null && !now.isBefore(taken) && now.isBefore(taken.plus(life))) {
            return known;
        }
        T fresh = source.get();
        value = fresh;
        taken = now;
        return fresh;
    }
}
