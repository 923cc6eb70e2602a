package dev.provhub.steps;

import org.apache.camel.Exchange;

/** Whole numbers in the query of a request to the administration interface. */
final class QueryNumbers {
    private QueryNumbers() {}

    /**
     * A number, or what is usual when it is missing.
     *
     * @param most the highest that is allowed; the lowest is 1
     * @throws IllegalArgumentException naming what is allowed
     */
    static long of(Exchange exchange, String name, long usual, long most) {
        String text = exchange.getMessage().getHeader(name, "", String.class);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refusal(name, most), e);
        }
        throw new IllegalArgumentException(refusal(name, most));
    }

    private static String refusal(String name, long most) {
        return name + " is not a whole number from 1 to " + most;
    }
}
