package dev.provhub.order;

/**
 * Why an order is refused: one field, its value, what is allowed.
 *
 * @param field   as the orderer calls it, e.g. {@code sipTransport}
 * @param value   as the orderer wrote it, masked when it is a secret, shortened when it is long; of a field that is not there see {@link #missing}
 * @param allowed what would have been right
 */
public record OrderProblem(String field, String value, String allowed) {
    /** What stands in place of a secret wherever one would be shown. */
    public static final String MASK = "******";

    /** In place of a value that is not there; one that is empty is another mistake. */
    private static final String MISSING = "\u0000";

    private static final int LONGEST_VALUE_SHOWN = 80;
    private static final int LONGEST_FIELD_SHOWN = 300;

    /** Shortens what is long. */
    public OrderProblem {
        field = shortened(field, LONGEST_FIELD_SHOWN);
        value = shortened(value, LONGEST_VALUE_SHOWN);
    }

    private static String shortened(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }

    /** Of a field that is not there. */
    public static OrderProblem missing(String field, String allowed) {
        return new OrderProblem(field, MISSING, allowed);
    }

    /** The same problem, of the field inside something, e.g. {@code serviceOrderItem[1].sipTransport}. */
    public OrderProblem in(String outer) {
        return new OrderProblem(outer + "." + field, value, allowed);
    }

    /** One line that names field, value and what is allowed. */
    public String message() {
        return value.equals(MISSING)
                ? field + " is missing: " + allowed
                : field + " '" + value + "' is not allowed: " + allowed;
    }
}
