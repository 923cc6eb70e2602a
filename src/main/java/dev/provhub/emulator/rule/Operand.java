package dev.provhub.emulator.rule;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** One side of a test: a quoted string, or a bare integer or version. */
record Operand(String text, boolean quoted) {
    private static final int LONGEST_SHOWN = 31;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    Operand expand(MacroValues values) {
        return new Operand(MacroText.expand(text, values), quoted);
    }

    Optional<Operator> asOperator() {
        return quoted ? Optional.empty() : Operator.spelled(text);
    }

    /** False when the two cannot be compared in this way. */
    boolean compare(Operator operator, Operand right) {
        if (quoted != right.quoted) {
            return false;
        }
        if (quoted) {
            return operator.isEquality() && operator.accepts(text.equals(right.text) ? 0 : 1);
        }
        OptionalInt order = bareOrder(right);
        return order.isPresent() && operator.accepts(order.getAsInt());
    }

    /**
     * For people: as written, and what it is now; of a long value the start, since a register may hold a key.
     *
     * @param expanded what it is now
     */
    String shown(Operand expanded) {
        String now = expanded.text.length() > LONGEST_SHOWN ? expanded.text.substring(0, 4) + "..." : expanded.text;
        String mark = quoted ? "\"" : "";
        return text.equals(expanded.text) ? mark + now + mark : text + " (" + mark + now + mark + ")";
    }

    /** Why two sides could not be compared at all; empty when they could. */
    String hint(Operator operator, Operand right) {
        if (quoted != right.quoted) {
            return " (one side is quoted, the other is not: never true)";
        }
        if (quoted) {
            return operator.isEquality() ? "" : " (texts are only equal or not: never true)";
        }
        return bareOrder(right).isPresent() ? "" : " (not two integers or two versions of one form: never true)";
    }

    private OptionalInt bareOrder(Operand right) {
        if (INTEGER.matcher(text).matches() && INTEGER.matcher(right.text).matches()) {
            return OptionalInt.of(new BigInteger(text).compareTo(new BigInteger(right.text)));
        }
        return FirmwareVersion.order(text, right.text);
    }
}
