package dev.provhub.routing;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, with three lines around each difference. */
final class TextDiff {
    private static final int AROUND = 3;

    private TextDiff() {}

    /** Lines that begin with {@code -} are in the first alone, with {@code +} in the second; empty when there is no difference. */
    static String of(String before, String after) {
        List<String> all = lines(before.lines().toList(), after.lines().toList());
        StringBuilder text = new StringBuilder();
        int shownTo = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).startsWith(" ")) {
                continue;
            }
            int from = Math.max(shownTo, i - AROUND);
            if (from > shownTo && !text.isEmpty()) {
                text.append("  …\n");
            }
            int to = i;
            while (to + 1 < all.size() && !all.get(to + 1).startsWith(" ")) {
                to++;
            }
            int end = Math.min(all.size(), to + 1 + AROUND);
            for (int line = from; line < end; line++) {
                if (line >= shownTo) {
                    text.append(all.get(line)).append('\n');
                }
            }
            shownTo = Math.max(shownTo, end);
            i = to;
        }
        return text.toString();
    }

    private static List<String> lines(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                all.add(" " + before.get(i++));
                j++;
            } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                all.add("-" + before.get(i++));
            } else {
                all.add("+" + after.get(j++));
            }
        }
        return all;
    }
}
