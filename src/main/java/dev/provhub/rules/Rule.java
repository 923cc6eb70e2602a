package dev.provhub.rules;

import java.util.List;

/**
 * A rule as it lies in {@code Profile_Rule}, {@code Upgrade_Rule} or {@code Report_Rule} (device protocol, section 4.1).
 *
 * @param alternatives in the order in which a phone tries them; none for an empty rule
 */
record Rule(List<Alternative> alternatives) {
    Rule {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * Reads a rule. A text that begins with {@code #} counts as empty.
     *
     * @throws RuleException when a bracket, parenthesis or quote is not closed, or something stands where it cannot
     */
    static Rule parse(String text) {
        return text.isBlank() || text.strip().startsWith("#")
                ? new Rule(List.of())
                : new Rule(new RuleReader(text).read());
    }
}
