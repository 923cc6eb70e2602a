package dev.provhub.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From how many on something is so.
 *
 * @param value     a number of devices, from 0, or a percentage, 0 to 100
 * @param isPercent whether it is a percentage
 */
public record Threshold(int value, boolean isPercent) {
    private static final int ALL = 100;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(%?)");

    /** @throws IllegalArgumentException when the value is out of its range */
    public Threshold {
        if (value < 0 || (isPercent && value > ALL)) {
            throw new IllegalArgumentException(
                    "'" + value + (isPercent ? "%" : "") + "' is not allowed; allowed: a number from 0, or 0% to 100%");
        }
    }

    /**
     * Reads {@code 25} or {@code 10%}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Threshold parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not allowed; allowed: a number such as 25, or 10%");
        }
        return new Threshold(Integer.parseInt(parts.group(1)), !parts.group(2).isEmpty());
    }

    /** Whether so many of so many reach it. */
    public boolean isReachedBy(long count, long of) {
        return isPercent ? count * ALL >= value * of : count >= value;
    }

    /** How many of so many it is, rounded up for a percentage. */
    public long of(long all) {
        return isPercent ? (all * value + ALL - 1) / ALL : Math.min(value, all);
    }

    @Override
    public String toString() {
        return value + (isPercent ? "%" : "");
    }
}
