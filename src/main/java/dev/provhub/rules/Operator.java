package dev.provhub.rules;

import java.util.Optional;

/** The comparisons of a condition. */
public enum Operator {
    /** The same. */
    EQ("="),
    /** Not the same; a lone exclamation mark is its old spelling. */
    NE("!="),
    /** Below. */
    LT("<"),
    /** Below or the same. */
    LE("<="),
    /** Above. */
    GT(">"),
    /** Above or the same. */
    GE(">=");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** How it is written where {@code <} and {@code >} would need escapes: two letters. */
    public String word() {
        return switch (this) {
            case EQ -> "eq";
            case NE -> "ne";
            case LT -> "lt";
            case LE -> "le";
            case GT -> "gt";
            case GE -> "ge";
        };
    }

    static Optional<Operator> spelled(String text) {
        for (Operator operator : values()) {
            if (operator.sign.equals(text) || operator.word().equals(text)) {
                return Optional.of(operator);
            }
        }
        return text.equals("!") ? Optional.of(NE) : Optional.empty();
    }

    /** Whether it asks for sameness only, which is all that strings can be asked for. */
    boolean isEquality() {
        return this == EQ || this == NE;
    }

    /** @param order negative when the left side is below the right one */
    boolean accepts(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
