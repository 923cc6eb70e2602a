package dev.provhub.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How what a device says differs from what it was given.
 *
 * @param changed values that are others than those that were given
 * @param unknown parameters that no dictionary row describes
 */
public record Drift(List<Finding> changed, Set<String> unknown) {
    private static final Set<String> YES = Set.of("yes", "1", "true");
    private static final Set<String> NO = Set.of("no", "0", "false");

    /** Copies both. */
    public Drift {
        changed = List.copyOf(changed);
        unknown = Set.copyOf(unknown);
    }

    /**
     * A value that differs.
     *
     * @param secret whether neither text is ever shown
     */
    public record Finding(String parameter, String given, String found, boolean secret) {
        /** Leaves the texts out. */
        @Override
        public String toString() {
            return "Finding[" + parameter + "]";
        }
    }

    /**
     * A value that was given.
     *
     * @param secret whether the phone may leave it out of what it says, or blank it
     */
    public record Given(String parameter, String text, boolean secret) {
        /** Leaves the text out. */
        @Override
        public String toString() {
            return "Given[" + parameter + "]";
        }
    }

    /**
     * Compares.
     *
     * @param given what the device has applied
     * @param said  its parameters by name
     * @param known names that are described somewhere
     */
    public static Drift between(
            Collection<Given> given, Map<String, String> said, java.util.function.Predicate<String> known) {
        List<Finding> changed = new ArrayList<>();
        for (Given value : given) {
            String found = said.get(value.parameter());
            if (found == null || (value.secret() && isBlanked(found))) {
                continue;
            }
            if (!isSame(value.text(), found)) {
                changed.add(new Finding(value.parameter(), value.text(), found, value.secret()));
            }
        }
        Set<String> unknown = new TreeSet<>();
        said.keySet().stream().filter(name -> !known.test(name)).forEach(unknown::add);
        return new Drift(changed, unknown);
    }

    /** Phones show a password as nothing, or as a row of stars. */
    private static boolean isBlanked(String text) {
        return text.isEmpty() || text.chars().allMatch(c -> c == '*');
    }

    /** Phones write Yes and 1, and any number of blanks, alike. A secret in a rule is left out of it by the phone. */
    private static boolean isSame(String given, String found) {
        String a = plain(given);
        String b = plain(found);
        return a.equals(b) || (YES.contains(a) && YES.contains(b)) || (NO.contains(a) && NO.contains(b));
    }

    private static String plain(String text) {
        String plain = text.strip().replaceAll("\\s+", " ");
        String small = plain.toLowerCase(java.util.Locale.ROOT);
        return YES.contains(small) || NO.contains(small) ? small : plain;
    }
}
