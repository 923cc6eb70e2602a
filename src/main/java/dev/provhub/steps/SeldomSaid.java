package dev.provhub.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What happens again and again is said at once and then once in {@value #MINUTES} minutes, so that a system that is away for an hour fills no
 * log. Thread-safe.
 */
final class SeldomSaid {
    private static final int MINUTES = 5;
    private static final int REMEMBERED = 1_000;

    private final Clock clock;
    private final Map<String, Said> said = new Newest();

    private record Said(Instant last, int passedOver) {}

    private static final class Newest extends LinkedHashMap<String, Said> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
            return size() > REMEMBERED;
        }
    }

    SeldomSaid(Clock clock) {
        this.clock = clock;
    }

    /** Whether it is to be said now, and if so, how often it was passed over since it was said last. */
    synchronized OptionalInt now(String what) {
        Instant now = clock.instant();
        Said before = said.get(what);
        if (before != null && before.last().plus(Duration.ofMinutes(MINUTES)).isAfter(now)) {
            said.put(what, new Said(before.last(), before.passedOver() + 1));
            return OptionalInt.empty();
        }
        said.put(what, new Said(now, 0));
        return OptionalInt.of(before == null ? 0 : before.passedOver());
    }
}
