package dev.provhub.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Resync_At__HHmm_} with its window (section 3.1); the phone's clock is taken as UTC. */
record DailyTime(Duration timeOfDay) {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{2})([0-9]{2})");
    private static final long SHORTEST_WINDOW_SECONDS = 600;

    /** Empty when it is not a time of 0000 to 2400; then it is ignored. */
    static Optional<DailyTime> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration time =
                Duration.ofHours(Integer.parseInt(matcher.group(1))).plusMinutes(Integer.parseInt(matcher.group(2)));
        return Integer.parseInt(matcher.group(2)) < 60 && time.compareTo(Duration.ofDays(1)) <= 0
                ? Optional.of(new DailyTime(time))
                : Optional.empty();
    }

    /**
     * How long until then.
     *
     * @param windowSeconds value of {@code Resync_At_Random_Delay}; 0 for none
     */
    Duration from(Instant now, long windowSeconds, RandomGenerator random) {
        LocalDateTime local = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        LocalDateTime next = local.toLocalDate().atStartOfDay().plus(timeOfDay);
        LocalDateTime at = next.isAfter(local) ? next : next.plusDays(1);
        long window = windowSeconds == 0 ? 0 : Math.max(windowSeconds, SHORTEST_WINDOW_SECONDS);
        long minutes = (window + 30) / 60;
        return Duration.between(local, at).plusSeconds(minutes == 0 ? 0 : random.nextLong(minutes * 60 + 1));
    }
}
