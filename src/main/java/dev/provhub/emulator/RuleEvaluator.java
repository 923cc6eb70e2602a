package dev.provhub.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses an alternative of a rule and expands it (protocol section 4). Knows a phone only through its registers. */
final class RuleEvaluator {

    /** What a rule may ask a phone for. */
    interface Registers {

        /** The value of a macro, empty where the phone does not know the name. */
        Optional<String> macro(String name);

        /** The value of a secret register {@code SA} to {@code SD}, empty where the phone has none. */
        Optional<String> secret(String name);

        /** Sets a parameter by its full name, at once. */
        void assign(String parameter, String value);
    }

    /**
     * What to do for a rule.
     *
     * @param options with their arguments expanded; {@code key} among them may be secret
     * @param url expanded; empty = success without a request
     */
    record Outcome(Map<String, String> options, String url) {

        @Override
        public String toString() {
            return "Outcome[" + options.keySet() + "]";
        }
    }

    private final Registers registers;
    private final Set<String> optionsWithSecrets;

    RuleEvaluator(Registers registers, PhoneFamily family) {
        this.registers = registers;
        this.optionsWithSecrets = family.secretsInCredentials() ? Set.of("key", "uid", "pwd") : Set.of("key");
    }

    /**
     * Runs the assignments of the first alternative that holds and says what to fetch.
     *
     * @return empty where the rule is skipped: it is empty, or none of its conditions is true
     * @throws FetchException if the text is no rule
     */
    Optional<Outcome> evaluate(String rule) throws FetchException {
        if (rule.isBlank()) {
            return Optional.empty();
        }
        for (PhoneRule.Alternative alternative : PhoneRule.parse(rule).alternatives()) {
            if (alternative.condition() == null || alternative.condition().holds(registers::macro)) {
                return Optional.of(chosen(alternative));
            }
        }
        return Optional.empty();
    }

    private Outcome chosen(PhoneRule.Alternative alternative) {
        alternative
                .assignments()
                .forEach(one -> registers.assign(one.name(), Macros.expand(one.value(), registers::macro)));
        Map<String, String> options = new LinkedHashMap<>();
        alternative.options().forEach((name, argument) -> options.put(name, option(name, argument)));
        return new Outcome(
                options, Macros.expand(alternative.url(), registers::macro).strip());
    }

    private String option(String name, String argument) {
        if (!optionsWithSecrets.contains(name)) {
            return Macros.expand(argument, registers::macro);
        }
        return Macros.expand(argument, macro -> registers.secret(macro).or(() -> registers.macro(macro)));
    }
}
