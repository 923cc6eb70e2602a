package dev.provhub.profile.type;

import java.util.Arrays;
import java.util.List;

/** Numbers from one to another, both included. */
record NumberRange(double from, double to) {
    /**
     * Reads {@code 2,96..127}; {@code ..63} begins at 0; empty text is no range at all.
     *
     * @throws IllegalArgumentException naming the text
     */
    static List<NumberRange> parseAll(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(NumberRange::parse).toList();
    }

    private static NumberRange parse(String text) {
        int dots = text.indexOf("..");
        String from = dots < 0 ? text : text.substring(0, dots);
        String to = dots < 0 ? text : text.substring(dots + 2);
        try {
            return new NumberRange(from.isEmpty() ? 0 : Double.parseDouble(from), Double.parseDouble(to));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number or a range such as 0..255", e);
        }
    }

    boolean holds(double number) {
        return number >= from && number <= to;
    }
}
