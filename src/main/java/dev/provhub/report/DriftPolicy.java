package dev.provhub.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What becomes of a value that was changed on the phone: {@code config/drift.yaml}.
 *
 * @param rules     in order, the first that fits decides
 * @param otherwise for parameters that no rule names
 */
public record DriftPolicy(List<Rule> rules, Action otherwise) {
    /** Copies the list. */
    public DriftPolicy {
        rules = List.copyOf(rules);
    }

    /** What to do. */
    public enum Action {
        /** The next profile sets it again. */
        RESTORE,
        /** The device's own setting from now on. */
        KEEP,
        /** Kept as the device's own setting until somebody has decided. */
        ASK;

        /** As it is written in files, answers and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A rule.
     *
     * @param parameters names; {@code *} stands for any text
     */
    public record Rule(List<String> parameters, Action action) {
        /** Copies the list. */
        public Rule {
            parameters = List.copyOf(parameters);
        }

        /** Whether it names a parameter. */
        public boolean names(String parameter) {
            return parameters.stream().anyMatch(pattern -> matches(pattern, parameter));
        }

        private static boolean matches(String pattern, String name) {
            String[] parts = pattern.split("\\*", -1);
            StringBuilder expression = new StringBuilder(Pattern.quote(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                expression.append(".*").append(Pattern.quote(parts[i]));
            }
            return name.matches(expression.toString());
        }
    }

    /** What becomes of a parameter. */
    public Action of(String parameter) {
        return rules.stream()
                .filter(rule -> rule.names(parameter))
                .findFirst()
                .map(Rule::action)
                .orElse(otherwise);
    }
}
