package dev.provhub.device;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known names that somebody most likely meant. */
public final class Nearest {
    private static final int SHORT = 5;

    private Nearest() {}

    /** The nearest of the names; empty when none is near enough to be meant. */
    public static String of(String misspelt, Collection<String> known) {
        return few(misspelt, known, 1).stream().findFirst().orElse("");
    }

    /**
     * Those that are near enough to be meant, the nearest first.
     *
     * @param most how many at most, from 1
     */
    public static List<String> few(String misspelt, Collection<String> known, int most) {
        String wanted = misspelt.toLowerCase(Locale.ROOT);
        int limit = limit(wanted.length());
        return known.stream()
                // To one that is longer or shorter by more it is further
                .filter(name -> Math.abs(name.length() - wanted.length()) <= limit)
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= limit)
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** A short name that differs in two letters is another one. */
    private static int limit(int length) {
        if (length < SHORT) {
            return length < 2 ? 0 : 1;
        }
        return Math.max(2, length / 4);
    }

    /** How many letters must be put in, taken out, changed or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
