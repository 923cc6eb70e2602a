package dev.provhub.profile.type;

import dev.provhub.rules.DelayList;
import dev.provhub.rules.RuleKind;
import dev.provhub.rules.RuleSyntax;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which values a parameter takes. Immutable. */
public final class ValueCheck {
    private final Grammar grammar;
    private final String allowed;

    private ValueCheck(Grammar grammar, String allowed) {
        this.grammar = grammar;
        this.allowed = allowed;
    }

    /** What a text must be. */
    @FunctionalInterface
    interface Grammar {
        /** What is wrong with a value, null when nothing is; empty text when there is no more to say than what is allowed. */
        @Nullable
        String complaint(String value);

        static Grammar of(Predicate<String> accepts) {
            return value -> accepts.test(value) ? null : "";
        }
    }

    /**
     * The check for a row of the dictionary.
     *
     * @param parameter name of the row: rules differ by where they stand
     * @param type      a type of the dictionary
     * @param allowed   what the row says is allowed: choices joined by {@code |}, numbers and ranges such as
     *                  {@code 2,96..127}, or a length such as {@code 4..127}; empty for whatever the type takes
     * @throws IllegalArgumentException when the type is unknown or what is allowed cannot be read
     */
    public static ValueCheck of(String parameter, String type, String allowed) {
        return switch (type) {
            case "Bool" -> new ValueCheck(Grammar.of(Texts::isYesOrNo), "Yes or No");
            case "Choice" -> oneOf(List.of(allowed.split("\\|", -1)));
            case "Int" -> number(Numbers::isInteger, "a whole number", allowed);
            case "Time" -> number(Numbers::isDecimal, "a number of seconds", allowed);
            case "Decimal" -> number(Numbers::isDecimal, "a number", allowed);
            case "Port" -> number(Numbers::isInteger, "a port", "0..65535").orEmpty();
            case "Delays" -> text(value -> DelayList.find(value).isPresent() ? null : "", DelayList.ALLOWED, allowed);
            case "Ip" -> text(Grammar.of(Texts::isDottedQuad), "an IPv4 address", allowed);
            case "Fqdn" -> text(Grammar.of(Texts::isHost), "a host[:port]", allowed);
            case "Text" -> text(value -> null, "any text", allowed);
            case "UserId" -> text(Grammar.of(Texts::isPrintable), "a user name", allowed);
            case "Phone" -> text(Grammar.of(Texts::isNumberOrUrl), "digits, * and #, or a URL without blanks", allowed);
            case "ActivationCode" -> text(Grammar.of(Texts::isStarCode), "digits, * and #, such as *69", allowed);
            case "PhoneTemplate" -> text(Grammar.of(Texts::isTemplate), Texts.TEMPLATE, allowed);
            case "Version" -> text(Grammar.of(Texts::isVersion), "a firmware version", allowed);
            case "Url" -> text(Grammar.of(Texts::isUrl), "a URL without blanks", allowed);
            case "Cadence" -> text(ToneScripts::cadence, ToneScripts.CADENCE, allowed);
            case "Frequencies" -> text(ToneScripts::frequencies, ToneScripts.FREQUENCIES, allowed);
            case "Tone" -> text(ToneScripts::tone, ToneScripts.TONE, allowed);
            case "Ring" -> text(Grammar.of(Texts::isRing), "a ring such as n=Classic-1;w=3;c=1", allowed);
            case "DialPlan" -> text(DialPlan::complaint, DialPlan.ALLOWED, allowed);
            case "Condition" -> rule(RuleKind.TRIGGER, RuleSyntax.ALLOWED_CONDITION, allowed);
            case "Rule" -> rule(RuleKind.ofParameter(parameter).orElse(RuleKind.PROFILE), RuleSyntax.ALLOWED, allowed);
            default -> throw new IllegalArgumentException("there is no type '" + type + "'");
        };
    }

    /** What is allowed, for people. */
    public String allowed() {
        return allowed;
    }

    /**
     * What is wrong with a value.
     *
     * @return null when nothing is; else a sentence that may hold parts of the value, empty when there is no more to say than
     *     what is allowed
     */
    public @Nullable String complaint(String value) {
        return grammar.complaint(value);
    }

    private ValueCheck orEmpty() {
        return new ValueCheck(value -> value.isEmpty() ? null : grammar.complaint(value), allowed + " or empty");
    }

    private static ValueCheck oneOf(List<String> choices) {
        return new ValueCheck(Grammar.of(choices::contains), "one of " + String.join(", ", choices));
    }

    private static ValueCheck number(Predicate<String> form, String word, String allowed) {
        List<NumberRange> ranges = NumberRange.parseAll(allowed);
        Predicate<String> inRange =
                value -> ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(Numbers.valueOf(value)));
        return new ValueCheck(
                Grammar.of(value -> value.isEmpty() || form.and(inRange).test(value)),
                ranges.isEmpty() ? word : word + ", " + allowed.replace("..", " to "));
    }

    private static ValueCheck rule(RuleKind kind, String word, String allowed) {
        return text(value -> RuleSyntax.complaint(kind, value), word, allowed);
    }

    /** What may also be empty, and may have a length. */
    private static ValueCheck text(Grammar grammar, String word, String lengths) {
        List<NumberRange> ranges = NumberRange.parseAll(lengths);
        UnaryOperator<String> readable = range -> (range.startsWith("..") ? "0" : "") + range.replace("..", " to ");
        Grammar inLength = value -> {
            int length = value.codePointCount(0, value.length());
            boolean fits = ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(length));
            return fits ? grammar.complaint(value) : "it has " + length + " characters";
        };
        return new ValueCheck(
                value -> value.isEmpty() ? null : inLength.complaint(value),
                ranges.isEmpty() ? word : word + ", length " + readable.apply(lengths));
    }
}
