package dev.provhub.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons joined by {@code and}: {@code $SWVER lt 7.5.2b and "$A" ne "done"}. A phone takes one that it cannot read for
 * false, so reading never fails; {@link #flaw} tells.
 */
final class Condition {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|!=|<=|>=|[=!<>]|[^\\s\"=!<>]+");

    private final String text;
    private final List<Comparison> comparisons;
    private final @Nullable String flaw;

    private Condition(String text, List<Comparison> comparisons, @Nullable String flaw) {
        this.text = text;
        this.comparisons = List.copyOf(comparisons);
        this.flaw = flaw;
    }

    /** Reads what stands between the parentheses, or a whole {@code Resync_Trigger_1}. */
    static Condition parse(String text) {
        try {
            return new Condition(text.strip(), comparisons(words(text)), null);
        } catch (RuleException e) {
            return new Condition(text.strip(), List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static List<Operand> words(String text) {
        List<Operand> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        int at = 0;
        while (matcher.find()) {
            if (!text.substring(at, matcher.start()).isBlank()) {
                break;
            }
            String quoted = matcher.group(1);
            words.add(new Operand(quoted == null ? matcher.group() : quoted, quoted != null));
            at = matcher.end();
        }
        if (!text.substring(at).isBlank()) {
            throw new RuleException("a quote is not closed");
        }
        return words;
    }

    private static List<Comparison> comparisons(List<Operand> words) {
        List<Comparison> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= words.size(); i++) {
            if (i == words.size() || isAnd(words.get(i))) {
                found.add(comparison(words.subList(from, i)));
                from = i + 1;
            }
        }
        return found;
    }

    private static boolean isAnd(Operand word) {
        return !word.quoted() && word.text().toLowerCase(Locale.ROOT).equals("and");
    }

    private static Comparison comparison(List<Operand> words) {
        if (words.size() == 2) {
            return new Comparison(Operand.RUNNING_VERSION, operator(words.get(0)), words.get(1));
        }
        if (words.size() == 3) {
            return new Comparison(words.get(0), operator(words.get(1)), words.get(2));
        }
        throw new RuleException(
                words.isEmpty()
                        ? "a comparison is missing: 'operand operator operand', joined by 'and'"
                        : "'"
                                + String.join(
                                        " ",
                                        words.stream().map(Operand::toString).toList())
                                + "' is no comparison: 'operand operator operand', joined by 'and'");
    }

    private static Operator operator(Operand word) {
        return Optional.of(word)
                .filter(found -> !found.quoted())
                .flatMap(found -> Operator.spelled(found.text()))
                .orElseThrow(() -> new RuleException(
                        word + " is no operator: one of = != < <= > >= eq ne lt le gt ge, in lower case"));
    }

    /** None when it cannot be read. */
    List<Comparison> comparisons() {
        return comparisons;
    }

    /** Why it cannot be read, null when it can. */
    @Nullable
    String flaw() {
        return flaw;
    }

    /** As written. */
    @Override
    public String toString() {
        return text;
    }
}
