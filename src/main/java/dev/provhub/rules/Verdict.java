package dev.provhub.rules;

import dev.provhub.firmware.FirmwareVersion;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Whether a comparison holds, macros expanded. Strings in quotes are compared as text and for sameness only; bare integers as
 * numbers; bare versions by the grammar of their family. Whatever makes no sense is false.
 *
 * @param why a sentence for people
 */
record Verdict(boolean holds, String why) {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

    static Verdict of(Operand left, Operator operator, Operand right) {
        if (left.quoted() != right.quoted()) {
            return never("a string in quotes and a bare number or version cannot be compared");
        }
        if (left.quoted()) {
            return operator.isEquality()
                    ? of(operator, left.text().equals(right.text()) ? 0 : 1)
                    : never("strings can only be the same or not");
        }
        if (left.text().isEmpty() || right.text().isEmpty()) {
            return never("an operand without quotes is empty");
        }
        if (isInteger(left) && isInteger(right)) {
            return of(operator, new BigInteger(left.text()).compareTo(new BigInteger(right.text())));
        }
        FirmwareVersion first = FirmwareVersion.parse(left.text());
        FirmwareVersion second = FirmwareVersion.parse(right.text());
        if (!first.isComparableTo(second)) {
            return never("they are neither two integers nor two versions of one form");
        }
        return of(operator, first.isBelow(second) ? -1 : first.isSameAs(second) ? 0 : 1);
    }

    private static boolean isInteger(Operand operand) {
        return INTEGER.matcher(operand.text()).matches();
    }

    private static Verdict of(Operator operator, int order) {
        boolean holds = operator.accepts(order);
        return new Verdict(holds, holds ? "true" : "false");
    }

    private static Verdict never(String why) {
        return new Verdict(false, "false, because " + why);
    }
}
