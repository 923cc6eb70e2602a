package dev.provhub.command;

import java.util.ArrayList;
import java.util.List;

/** The demo's result, for people. */
final class DemoTable {
    private static final List<String> HEADINGS =
            List.of("phone", "bootstrap", "key over", "sealed over", "firmware", "result", "seconds");

    private DemoTable() {}

    static String of(List<DemoPhone.Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rows.forEach(row -> lines.add(row.cells()));
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int width = width(lines, column);
                table.append(column == 0 ? "" : "  ").append(("%-" + width + "s").formatted(line.get(column)));
            }
            table.append(System.lineSeparator());
        }
        return table.toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
    }
}
