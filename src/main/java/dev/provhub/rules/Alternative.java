package dev.provhub.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a rule, macros not expanded.
 *
 * @param condition   null when it always holds
 * @param assignments in order; {@code a} to {@code p} already have their long names
 * @param options     in order
 * @param url         null when it fetches nothing
 */
record Alternative(
        @Nullable Condition condition,
        List<Assignment> assignments,
        List<Option> options,
        @Nullable String url) {
    Alternative {
        assignments = List.copyOf(assignments);
        options = List.copyOf(options);
    }

    /** {@code name = "value"}. */
    record Assignment(String parameter, String value) {}

    /**
     * {@code --name argument}.
     *
     * @param argument without its quotes; empty when there is none
     */
    record Option(String name, String argument) {}
}
