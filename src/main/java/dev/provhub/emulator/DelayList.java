package dev.provhub.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seconds to wait: {@code d1,d2,…}, each {@code base} or {@code base+random} (protocol section 3.1). */
final class DelayList {

    private record Delay(long base, long spread) {}

    private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,9})\\s*(?:\\+\\s*(\\d{1,9}))?\\s*");

    private final List<Delay> delays;

    private DelayList(List<Delay> delays) {
        this.delays = delays;
    }

    /** @param lists false for firmware that reads one number and nothing after it */
    static DelayList parse(String text, boolean lists) {
        List<Delay> delays = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                break;
            }
            long spread = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
            delays.add(new Delay(Long.parseLong(matcher.group(1)), lists ? spread : 0));
            if (!lists) {
                break;
            }
        }
        return new DelayList(List.copyOf(delays));
    }

    /**
     * Phone seconds to wait the n-th time in a row, from 0; the last entry repeats.
     *
     * @return empty where the timer is off: 0 or no number
     */
    Optional<Double> seconds(int attempt, RandomGenerator random) {
        if (delays.isEmpty()) {
            return Optional.empty();
        }
        Delay delay = delays.get(Math.min(attempt, delays.size() - 1));
        double seconds = delay.base() + delay.spread() * random.nextDouble();
        return seconds > 0 ? Optional.of(seconds) : Optional.empty();
    }
}
