package dev.provhub.emulator.rule;

import org.jspecify.annotations.Nullable;

/** What the phone knows under the names of section 4.2, e.g. {@code MA}, {@code SWVER}, {@code A}. */
@FunctionalInterface
public interface MacroValues {
    /**
     * The value of one macro.
     *
     * @param name without the dollar sign and parentheses, case-sensitive
     * @return null when the phone has no macro of this name; empty when it has one without a value
     */
    @Nullable
    String value(String name);
}
