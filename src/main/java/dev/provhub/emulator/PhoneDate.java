package dev.provhub.emulator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The date as a phone sees it. A phone has no battery: it begins at some date of its own, often in 1970, and knows better as soon
 * as it has a time server. Time servers are not asked here; the date is then that of the phone's clock.
 */
final class PhoneDate {
    private static final List<String> TIME_SERVERS =
            List.of("Primary_NTP_Server", "Secondary_NTP_Server", "router-configuration/Time_Setup/Time_Server");

    private final PhoneClock clock;
    private final Parameters parameters;
    private final @Nullable Instant first;

    /** @param first what it believes when its clock begins; null for a phone that knows the date */
    PhoneDate(PhoneClock clock, Parameters parameters, @Nullable Instant first) {
        this.clock = clock;
        this.parameters = parameters;
        this.first = first;
    }

    Instant now() {
        return first == null || hasTimeServer() ? clock.instant() : first.plus(clock.elapsed());
    }

    private boolean hasTimeServer() {
        return TIME_SERVERS.stream().anyMatch(name -> !parameters.get(name).isEmpty());
    }
}
