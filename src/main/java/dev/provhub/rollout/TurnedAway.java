package dev.provhub.rollout;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When a download of a firmware family was last turned away because there were too many. Any thread. */
public final class TurnedAway {
    private final Map<String, Instant> last = new ConcurrentHashMap<>();
    private final Clock clock;

    /** Knows of nothing yet. */
    public TurnedAway(Clock clock) {
        this.clock = clock;
    }

    /** It is turned away now. */
    void note(String family) {
        last.put(family, clock.instant());
    }

    /** Whether one was after this moment. */
    boolean isSince(String family, Instant moment) {
        Instant seen = last.get(family);
        return seen != null && seen.isAfter(moment);
    }
}
