package dev.provhub.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a phone's lines do: whether one is in a call, and since when each of the first two has lost its registration. */
final class PhoneLines {
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
        Duration since = registered ? null : clock.elapsed();
        if (line == 1) {
            firstLost = since;
        } else {
            secondLost = since;
        }
    }

    /** {@code $REGTMR1}, {@code $REGTMR2}: zero while the line is registered. */
    synchronized Duration unregisteredFor(int line) {
        Duration since = line == 1 ? firstLost : secondLost;
        return since == null ? Duration.ZERO : clock.elapsed().minus(since);
    }
}
