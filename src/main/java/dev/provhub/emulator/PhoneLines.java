package dev.provhub.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a phone's lines do: whether one is in a call, and since when each of the first two has lost its registration. */
final class PhoneLines {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final PhoneClock clock;
    private boolean inCall;
    private @Nullable Duration firstLost;
    private @Nullable Duration secondLost;

    PhoneLines(PhoneClock clock) {
        this.clock = clock;
    }

    synchronized boolean inCall() {
        return inCall;
    }

    synchronized void call(boolean on) {
        inCall = on;
    }

    /** @param line 1 or 2 */
    synchronized void registered(int line, boolean registered) {
        if (line == 1) {
            firstLost = lost(firstLost, registered);
        } else {
            secondLost = lost(secondLost, registered);
        }
    }

    /** Who says again that it is not registered has not lost it anew. */
    private @Nullable Duration lost(@Nullable Duration before, boolean registered) {
        return registered ? null : before == null ? clock.elapsed() : before;
    }

    /** {@code $REGTMR1}, {@code $REGTMR2}: zero while the line is registered. */
    synchronized Duration unregisteredFor(int line) {
        Duration since = line == 1 ? firstLost : secondLost;
        if (since == null) {
            return Duration.ZERO;
        }
        // 0 would say that it is registered
        Duration time = clock.elapsed().minus(since);
        return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }
}
