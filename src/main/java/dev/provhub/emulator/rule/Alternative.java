package dev.provhub.emulator.rule;

import java.util.List;
import java.util.Optional;

/**
 * One alternative of a rule, unexpanded. The phone runs the assignments first, so that options and URL see them.
 *
 * @param condition   empty when it always holds
 * @param assignments in order
 * @param options     in order; never more than one of a name
 * @param url         empty for an alternative that fetches nothing
 */
public record Alternative(
        Optional<Condition> condition, List<Assignment> assignments, List<Option> options, Optional<String> url) {
    /** Copies the lists. */
    public Alternative {
        assignments = List.copyOf(assignments);
        options = List.copyOf(options);
    }

    /**
     * Sets a parameter.
     *
     * @param parameter element name; the short forms {@code a} to {@code p} are already {@code GPP_A} to {@code GPP_P}
     * @param value     unexpanded
     */
    public record Assignment(String parameter, String value) {}

    /**
     * One option of the bracket.
     *
     * @param name     without the two hyphens, e.g. {@code key}
     * @param argument unexpanded, without its quotes; empty for an option that has none
     */
    public record Option(String name, String argument) {}

    /** The unexpanded argument of an option, if it is there. */
    public Optional<String> option(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(Option::argument)
                .findFirst();
    }
}
