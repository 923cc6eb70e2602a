package dev.provhub.device;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Which time zones there are, so that a misspelt one is not the hub's own. */
public final class TimeZones {
    /** What a name has to be, for people. */
    public static final String ALLOWED = "an IANA time zone such as Europe/Berlin";

    private TimeZones() {}

    /** What would have been right where no time zone is called so, for people; empty when one is. */
    public static Optional<String> noSuch(String name) {
        Set<String> names = ZoneId.getAvailableZoneIds();
        if (names.contains(name)) {
            return Optional.empty();
        }
        String near = Nearest.of(name, names);
        return Optional.of(ALLOWED + (near.isEmpty() ? "" : "; did you mean '" + near + "'?"));
    }
}
