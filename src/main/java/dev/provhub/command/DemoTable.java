package dev.provhub.command;

import java.util.List;

/** The demo's result, for people. */
final class DemoTable {
    private static final List<String> HEADINGS =
            List.of("phone", "bootstrap", "key over", "sealed over", "firmware", "result", "seconds");

    private DemoTable() {}

    static String of(List<DemoPhone.Row> rows) {
        return TextTable.of(HEADINGS, rows.stream().map(DemoPhone.Row::cells).toList());
    }
}
