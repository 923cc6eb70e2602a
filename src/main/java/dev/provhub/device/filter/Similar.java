package dev.provhub.device.filter;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what may have been meant. */
final class Similar {
    private static final int FURTHEST = 2;

    private Similar() {}

    /** The nearest of the words, or null when none is near. */
    static @Nullable String to(String wrong, Collection<String> words) {
        String lower = wrong.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> isNear(lower, word.toLowerCase(Locale.ROOT)))
                .min(Comparator.<String>comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static boolean isNear(String wrong, String word) {
        return distance(wrong, word) <= Math.min(FURTHEST, word.length() / 2)
                || (wrong.length() > 2 && word.startsWith(wrong));
    }

    /** How many letters must be put in, taken out, changed or swapped with their neighbour (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, left, right, i, j);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int fewest(int[][] steps, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int fewest = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
    }
}
