package dev.provhub.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a phone waits, as {@code Resync_Periodic}, {@code Resync_Error_Retry_Delay} and
 * {@code Upgrade_Error_Retry_Delay} say it: {@code 60+60,300,900+900} (device protocol, section 3.1). Failures walk the list,
 * its last delay repeats for ever, success goes back to the first.
 *
 * @param delays at least one
 */
public record DelayList(List<Delay> delays) {
    private static final Pattern DELAY = Pattern.compile("(\\d{1,9})(?:\\+(\\d{1,9}))?");

    /** What is allowed, for people. */
    public static final String ALLOWED = "seconds as a, a+b or a+b,c+d,... without blanks";

    /** Copies the list. */
    public DelayList {
        delays = List.copyOf(delays);
    }

    /**
     * One wait.
     *
     * @param base   seconds that it takes at least
     * @param spread seconds that chance may add
     */
    public record Delay(long base, long spread) {}

    /** Reads a list; empty when it is none, as also the empty text. */
    public static Optional<DelayList> find(String text) {
        List<Matcher> parts =
                Arrays.stream(text.split(",", -1)).map(DELAY::matcher).toList();
        if (!parts.stream().allMatch(Matcher::matches)) {
            return Optional.empty();
        }
        return Optional.of(new DelayList(parts.stream()
                .map(part -> new Delay(
                        Long.parseLong(part.group(1)), part.group(2) == null ? 0 : Long.parseLong(part.group(2))))
                .toList()));
    }

    /** Whether firmware reads it that takes a single number only. */
    public boolean isSingle() {
        return delays.size() == 1 && delays.get(0).spread() == 0;
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures 1 or more
     */
    public Delay after(int failures) {
        return delays.get(Math.min(failures, delays.size()) - 1);
    }
}
