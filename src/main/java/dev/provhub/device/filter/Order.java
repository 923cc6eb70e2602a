package dev.provhub.device.filter;

/** Below, above, and both with the same. */
public enum Order {
    /** Below. */
    LT("<"),
    /** Below or the same. */
    LE("<="),
    /** Above. */
    GT(">"),
    /** Above or the same. */
    GE(">=");

    private final String sign;

    Order(String sign) {
        this.sign = sign;
    }

    /** As it is written in a filter, and in SQL. */
    public String sign() {
        return sign;
    }

    /** @param order negative when the left side is below the right one */
    boolean accepts(int order) {
        return switch (this) {
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
