package dev.provhub.order;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** One step from what a site writes to what the hub reads. Immutable; it always gives the same for the same. */
public final class Conversion {
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    private final String allowed;
    private final Step step;

    private interface Step {
        Optional<String> take(String value);
    }

    private Conversion(String allowed, Step step) {
        this.allowed = allowed;
        this.step = step;
    }

    /** What a value must be so that it can be converted, for people. */
    public String allowed() {
        return allowed;
    }

    /** The value that comes out, perhaps blank; empty when this one cannot be converted. */
    public Optional<String> of(String value) {
        return step.take(value);
    }

    private static Conversion always(UnaryOperator<String> change) {
        return new Conversion("any text", value -> Optional.of(change.apply(value)));
    }

    /** Small letters. */
    public static Conversion lower() {
        return always(value -> value.toLowerCase(Locale.ROOT));
    }

    /** Capital letters. */
    public static Conversion upper() {
        return always(value -> value.toUpperCase(Locale.ROOT));
    }

    /** Nothing but the digits 0 to 9. */
    public static Conversion digits() {
        return always(value -> value.replaceAll("[^0-9]", ""));
    }

    /** A text in front. */
    public static Conversion prefix(String text) {
        return always(value -> text + value);
    }

    /** A text behind. */
    public static Conversion suffix(String text) {
        return always(value -> value + text);
    }

    /**
     * All that fits a pattern becomes something else.
     *
     * @param with may name groups as {@code $1}
     * @throws IllegalArgumentException when {@code with} names a group that the pattern has not
     */
    public static Conversion replace(Pattern pattern, String with) {
        String groups = with.replaceAll("\\\\.", "");
        int most = pattern.matcher("").groupCount();
        Pattern.compile("\\$(\\d)").matcher(groups).results().forEach(group -> {
            if (Integer.parseInt(group.group(1)) > most) {
                throw new IllegalArgumentException("'" + with + "' names a group that the pattern has not");
            }
        });
        return always(value -> pattern.matcher(value).replaceAll(with));
    }

    /**
     * The number with {@code +} and country code.
     *
     * @param country       country code where a number has none, without {@code +}
     * @param national      what stands before the area code within the country, e.g. {@code 0}; empty for nothing
     * @param international what stands for {@code +}, e.g. {@code 00}
     * @param area          area code of a number that has none; empty when there is no such number
     */
    public static Conversion e164(String country, String national, String international, String area) {
        String allowed = "a telephone number of " + FEWEST_DIGITS + " to " + MOST_DIGITS
                + " digits with its country code, which begins with + or " + international
                + (national.isEmpty() ? "" : ", or with its area code, which begins with " + national);
        return new Conversion(allowed, value -> {
            boolean plus = value.strip().startsWith("+");
            String digits =
                    value.replace("(0)", "").replaceAll("[\\s()./-]", "").replaceFirst("^\\+", "");
            if (!digits.matches("[0-9]+")) {
                return Optional.empty();
            }
            Optional<String> whole =
                    plus ? Optional.of(digits) : withCountry(digits, country, national, international, area);
            return whole.filter(number -> number.length() >= FEWEST_DIGITS && number.length() <= MOST_DIGITS)
                    .map(number -> "+" + number);
        });
    }

    private static Optional<String> withCountry(
            String digits, String country, String national, String international, String area) {
        if (!international.isEmpty() && digits.startsWith(international)) {
            return Optional.of(digits.substring(international.length()));
        }
        if (!national.isEmpty() && digits.startsWith(national)) {
            return Optional.of(country + digits.substring(national.length()));
        }
        if (national.isEmpty()) {
            return Optional.of(country + digits);
        }
        return area.isEmpty() ? Optional.empty() : Optional.of(country + area + digits);
    }

    /**
     * Another word for each, from a table. Case does not count.
     *
     * @param table what becomes of each word; an empty text tells nothing
     * @param keep  whether a word that is not in it stays as it is; else it is refused
     * @param named what the table is, for people
     */
    public static Conversion table(Map<String, String> table, boolean keep, String named) {
        Map<String, String> words = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        words.putAll(table);
        return new Conversion(named, value -> Optional.ofNullable(words.get(value))
                .or(() -> keep ? Optional.of(value) : Optional.empty()));
    }
}
