package dev.provhub.emulator.rule;

import java.util.ArrayList;
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

    /**
     * What a phone makes of a rule.
     *
     * @param chosen   the first alternative without a condition or with a true one; empty when the rule is to be skipped
     * @param findings in plain words, one for each alternative that was looked at; long values are cut short
     */
    public record Choice(Optional<Alternative> chosen, List<String> findings) {
        /** Copies the list. */
        public Choice {
            findings = List.copyOf(findings);
        }
    }

    /** Looks at the alternatives in turn. */
    public Choice choose(MacroValues values) {
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < alternatives.size(); i++) {
            Optional<Condition> condition = alternatives.get(i).condition();
            Condition.Finding finding = condition.isEmpty()
                    ? new Condition.Finding(true, "has no condition")
                    : condition.get().look(values);
            findings.add(
                    "alternative " + (i + 1) + (finding.holds() ? " is taken: " : " is passed over: ") + finding.why());
            if (finding.holds()) {
                return new Choice(Optional.of(alternatives.get(i)), findings);
            }
        }
        return new Choice(Optional.empty(), findings);
    }
}
