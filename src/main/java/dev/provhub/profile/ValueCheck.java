package dev.provhub.profile;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values a parameter takes. One small check per type of the dictionary; {@link #of} says which types there are.
 *
 * @param accepts whether a value fits
 * @param allowed what is allowed, for people
 */
record ValueCheck(Predicate<String> accepts, String allowed) {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(\\d{1,10}|0[xX][0-9a-fA-F]{1,8})");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,10}(\\.\\d*)?|\\.\\d+)");
    private static final Pattern DELAY = Pattern.compile("(\\d{1,9})(\\+\\d{1,9})?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?");
    private static final int HIGHEST_PORT = 65535;

    /**
     * The check for a row of the dictionary.
     *
     * @param type    a type of the dictionary
     * @param allowed what the row says is allowed: choices joined by {@code |}, numbers and ranges such as
     *                {@code 2,96..127}, or a length such as {@code 4..127}; empty for whatever the type takes
     * @throws IllegalArgumentException when the type is unknown or what is allowed cannot be read
     */
    static ValueCheck of(String type, String allowed) {
        return switch (type) {
            case "Bool" -> yesOrNo();
            case "Choice" -> oneOf(List.of(allowed.split("\\|", -1)));
            case "Int" -> number(INTEGER, "a whole number", allowed);
            case "Time" -> number(DECIMAL, "a number of seconds", allowed);
            case "Decimal" -> number(DECIMAL, "a number", allowed);
            case "Delays" -> delays();
            case "Port" -> emptyOr(number(INTEGER, "a port", "0.." + HIGHEST_PORT));
            case "Ip" -> emptyOr(new ValueCheck(ValueCheck::isDottedQuad, "an IPv4 address"));
            case "Fqdn" -> emptyOr(new ValueCheck(ValueCheck::isHost, "a host[:port]").and(length(allowed)));
            // Their grammars are not checked yet; each becomes a case of its own when it is
            case "Text", "UserId", "Phone", "ActivationCode", "PhoneTemplate" -> length(allowed);
            case "Url", "Tone", "Cadence", "DialPlan", "Condition", "Rule", "Version" -> length(allowed);
            default -> throw new IllegalArgumentException("there is no type '" + type + "'");
        };
    }

    private ValueCheck and(ValueCheck other) {
        return new ValueCheck(accepts.and(other.accepts), allowed + ", " + other.allowed);
    }

    private static ValueCheck emptyOr(ValueCheck check) {
        return new ValueCheck(value -> value.isEmpty() || check.accepts.test(value), check.allowed + " or empty");
    }

    private static ValueCheck yesOrNo() {
        return new ValueCheck(value -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("no"), "Yes or No");
    }

    private static ValueCheck oneOf(List<String> choices) {
        return new ValueCheck(choices::contains, "one of " + String.join(", ", choices));
    }

    private static ValueCheck number(Pattern form, String word, String allowed) {
        List<NumberRange> ranges = NumberRange.parseAll(allowed);
        Predicate<String> inRange =
                value -> ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(numberOf(value)));
        Predicate<String> isNumber = value -> form.matcher(value).matches();
        return new ValueCheck(
                value -> value.isEmpty() || isNumber.and(inRange).test(value),
                ranges.isEmpty() ? word : word + ", " + allowed.replace("..", " to "));
    }

    private static double numberOf(String value) {
        return value.matches("[+-]?0[xX].*") ? Long.decode(value) : Double.parseDouble(value);
    }

    private static ValueCheck delays() {
        return new ValueCheck(
                value -> value.isEmpty()
                        || Arrays.stream(value.split(",", -1))
                                .allMatch(part -> DELAY.matcher(part).matches()),
                "seconds as a, a+b or a+b,c+d,... without blanks");
    }

    private static ValueCheck length(String allowed) {
        if (allowed.isEmpty()) {
            return new ValueCheck(value -> true, "any text");
        }
        List<NumberRange> ranges = NumberRange.parseAll(allowed);
        return new ValueCheck(
                value -> value.isEmpty()
                        || ranges.stream().anyMatch(range -> range.holds(value.codePointCount(0, value.length()))),
                "length " + (allowed.startsWith("..") ? "0" : "") + allowed.replace("..", " to "));
    }

    private static boolean isDottedQuad(String value) {
        Matcher matcher = DOTTED_QUAD.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (Integer.parseInt(matcher.group(i)) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHost(String value) {
        Matcher matcher = HOST.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group("port");
        return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
    }
}
