package dev.provhub.device.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FilterPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^[|] `([a-z-]+)` [|] [^|]+ [|] ([^|]+) [|]");

    @Test
    void page_hasEveryFieldAndItsOperators() throws IOException {
        String page = Files.readString(Path.of("docs/reference/filter-language.md"));
        Map<String, String> told = new TreeMap<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            told.put(rows.group(1), rows.group(2).replaceAll("[`,]", ""));
        }
        Map<String, String> present = new TreeMap<>();
        Arrays.stream(FilterField.values()).forEach(field -> present.put(field.word(), field.operators()));

        assertThat(told).isEqualTo(present);
        assertThat(page).contains("2,000 characters, and 20 brackets");
        assertThat(FilterParser.LONGEST).isEqualTo(2000);
        assertThat(FilterParser.DEEPEST).isEqualTo(20);
    }
}
