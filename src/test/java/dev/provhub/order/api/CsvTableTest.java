package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n",
                "a;b\r\n1;2\r\n",
                "a\tb\n1\t2",
                "\uFEFFa,b\n1,2\n",
                "\n\na,b\n\n1,2\n\n",
                " a , b \n 1 , 2 "
            })
    void next_delimitersLineEndsMarkAndBlanks_sameCells(String text) throws IOException {
        assertThat(rows(text)).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void next_delimiterInsideQuotedHeader_doesNotCount() throws IOException {
        assertThat(rows("\"a,b,c\";d\n\"1;2\";\"say \"\"x\"\"\"\n"))
                .containsExactly(List.of("a,b,c", "d"), List.of("1;2", "say \"x\""));
    }

    @Test
    void next_lineBreakInQuotedCell_isOneRow() throws IOException {
        assertThat(rows("a,b\n\"x\ny\",2\n")).containsExactly(List.of("a", "b"), List.of("x\ny", "2"));
    }

    @Test
    void next_guardedCells_loseTheirGuard() throws IOException {
        assertThat(rows("a,b,c,d,e\n'+49,'=1,'-x,'@y,'z\n").get(1)).containsExactly("+49", "=1", "-x", "@y", "'z");
        assertThat(CsvTable.guarded("+49")).isEqualTo("'+49");
        assertThat(CsvTable.guarded("49")).isEqualTo("49");
    }

    @Test
    void next_notUtf8_showsAsReplacement() throws IOException {
        byte[] latin1 = "a\nZo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rows(CsvTable.open(new ByteArrayInputStream(latin1), 1000)))
                .containsExactly(List.of("a"), List.of("Zo\uFFFD"));
    }

    @Test
    void next_openQuote_stopsInsteadOfReadingEverything() throws IOException {
        CsvTable table = open("a,b\n\"1,2\n" + "x,y\n".repeat(200_000), Long.MAX_VALUE);
        table.next();
        assertThatThrownBy(table::next).isInstanceOf(IOException.class).hasMessageContaining("a quote may be open");
    }

    @Test
    void next_brokenQuotes_areReported() throws IOException {
        CsvTable table = open("a,b\n\"1\"x,2\n", Long.MAX_VALUE);
        table.next();
        assertThatThrownBy(table::next).isInstanceOf(IOException.class);
    }

    @Test
    void next_longFileOfShortRows_isReadToItsLimit() throws IOException {
        assertThat(rows(open("a,b\n" + "x,y\n".repeat(100_000), 500_000))).hasSize(100_001);
        CsvTable table = open("a,b\n" + "x,y\n".repeat(100_000), 200_000);
        assertThatThrownBy(() -> rows(table)).hasMessageContaining("longer than 200000 characters");
    }

    private static List<List<String>> rows(String text) throws IOException {
        return rows(open(text, Long.MAX_VALUE));
    }

    private static CsvTable open(String text, long longest) throws IOException {
        return CsvTable.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    private static List<List<String>> rows(CsvTable table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        while (table.hasNext()) {
            rows.add(table.next());
        }
        return rows;
    }
}
