package dev.provhub.command;

import dev.provhub.devicelog.PlainText;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, for people. */
final class TextTable {
    private TextTable() {}

    /** @param rows each as long as the headings */
    static String of(List<String> headings, List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(headings);
        rows.forEach(row -> lines.add(row.stream().map(PlainText::of).toList()));
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
