package dev.provhub.emulator.rule;

import java.util.Arrays;
import java.util.Optional;

/** The comparisons, with their spellings; a lone exclamation mark is the old one of "not equal". */
enum Operator {
    EQUAL(false, true, false, "= eq"),
    NOT_EQUAL(true, false, true, "!= ! ne"),
    LESS(true, false, false, "< lt"),
    LESS_OR_EQUAL(true, true, false, "<= le"),
    GREATER(false, false, true, "> gt"),
    GREATER_OR_EQUAL(false, true, true, ">= ge");

    private final boolean ifLess;
    private final boolean ifEqual;
    private final boolean ifGreater;
    private final String spellings;

    Operator(boolean ifLess, boolean ifEqual, boolean ifGreater, String spellings) {
        this.ifLess = ifLess;
        this.ifEqual = ifEqual;
        this.ifGreater = ifGreater;
        this.spellings = spellings;
    }

    static Optional<Operator> spelled(String text) {
        return Arrays.stream(values())
                .filter(operator ->
                        Arrays.asList(operator.spellings.split(" ", -1)).contains(text))
                .findFirst();
    }

    /** Whether an order, negative when the left side is less, satisfies it. */
    boolean accepts(int order) {
        return order < 0 ? ifLess : order == 0 ? ifEqual : ifGreater;
    }

    /** For people: {@code 7.4.8a is older than 7.5.2b} reads better than {@code lt}. */
    String words() {
        return switch (this) {
            case EQUAL -> "equal to";
            case NOT_EQUAL -> "other than";
            case LESS -> "below";
            case LESS_OR_EQUAL -> "at most";
            case GREATER -> "above";
            case GREATER_OR_EQUAL -> "at least";
        };
    }

    boolean isEquality() {
        return this == EQUAL || this == NOT_EQUAL;
    }
}
