package dev.provhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^[|] `([A-Z]+ /[^`]+)` [|] (\\w+) [|]");

    @Test
    void page_hasEveryPathAndItsRole() throws IOException {
        Set<String> told = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/reference/api.md")));
        while (rows.find()) {
            told.add(rows.group(1) + " " + rows.group(2));
        }

        assertThat(told).isEqualTo(new TreeSet<>(AccessRules.all()));
    }
}
