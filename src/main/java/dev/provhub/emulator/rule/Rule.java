package dev.provhub.emulator.rule;

import java.util.List;
import java.util.Optional;

/**
 * A parsed rule: alternatives of which the first true one counts.
 *
 * <pre>
 * rule        = alternative *( "|" alternative )
 * alternative = [ "(" cond ")?" ] [ "(" assigns ")!" ] [ [ "[" options "]" ] url ]
 * </pre>
 *
 * @param alternatives in the order they are tried; none for an empty rule
 */
public record Rule(List<Alternative> alternatives) {
    /** Copies the list. */
    public Rule {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * Reads a rule as it lies in a parameter. An empty text, and one that begins with {@code #}, is an empty rule.
     *
     * @throws RuleSyntaxException when a bracket, parenthesis or quote is not closed, or an assignment or option is not of
     *     its form; a condition that cannot be read is no error but false
     */
    public static Rule parse(String text) throws RuleSyntaxException {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.startsWith("#")
                ? new Rule(List.of())
                : new Rule(new RuleParser(stripped).alternatives());
    }

    /** The first alternative without a condition or with a true one; empty when the rule is to be skipped. */
    public Optional<Alternative> choose(MacroValues values) {
        return alternatives.stream()
                .filter(alternative -> alternative.condition().isEmpty()
                        || alternative.condition().get().holds(values))
                .findFirst();
    }
}
