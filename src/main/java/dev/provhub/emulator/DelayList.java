package dev.provhub.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code d1,d2,...,dn}, each {@code base} or {@code base+random}, in seconds (section 3.1). The last one repeats.
 */
record DelayList(List<Delay> delays) {
    private static final Pattern ONE = Pattern.compile("\\s*([0-9]{1,9})\\s*(?:\\+\\s*([0-9]{1,9})\\s*)?");
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\s*([0-9]{1,9}).*");

    DelayList {
        delays = List.copyOf(delays);
    }

    record Delay(long baseSeconds, long randomSeconds) {}

    /**
     * Reads a value; what is no delay in it is passed over.
     *
     * @param lists whether the firmware knows lists; else only the number at the start counts
     */
    static DelayList parse(String text, boolean lists) {
        List<Delay> found = new ArrayList<>();
        Pattern pattern = lists ? ONE : FIRST_NUMBER;
        for (String part : lists ? text.split(",", -1) : new String[] {text}) {
            Matcher matcher = pattern.matcher(part);
            if (matcher.matches()) {
                String random = lists ? matcher.group(2) : null;
                found.add(new Delay(Long.parseLong(matcher.group(1)), random == null ? 0 : Long.parseLong(random)));
            }
        }
        return new DelayList(found);
    }

    /**
     * The delay of a step.
     *
     * @param step counted from 0
     * @return empty when there is none: an empty list, or 0
     */
    Optional<Duration> at(int step, RandomGenerator random) {
        if (delays.isEmpty()) {
            return Optional.empty();
        }
        Delay delay = delays.get(Math.min(step, delays.size() - 1));
        long extra = delay.randomSeconds() == 0 ? 0 : random.nextLong(delay.randomSeconds() * 1000 + 1);
        Duration duration = Duration.ofSeconds(delay.baseSeconds()).plusMillis(extra);
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }
}
