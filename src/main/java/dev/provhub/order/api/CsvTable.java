package dev.provhub.order.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of cells, as they come from spreadsheets and databases: UTF-8 with or without byte order mark; comma, semicolon or
 * tab, whichever the header has most of outside quotes; quotes as in RFC 4180; blank lines passed over; cells trimmed, and
 * without the {@code '} that exports put before {@code = + - @}. Read as it is asked for. What is not UTF-8 shows as
 * U+FFFD.
 */
public final class CsvTable {
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String DELIMITERS = ",;\t";
    private static final String GUARDED = "=+-@";

    private final RowLimit limit;
    private final Iterator<CSVRecord> records;

    private CsvTable(RowLimit limit, CSVParser parser) {
        this.limit = limit;
        this.records = parser.iterator();
    }

    /**
     * Begins to read; the caller closes the stream.
     *
     * @param longestFile in characters
     * @throws IOException when it cannot be read
     */
    public static CsvTable open(InputStream csv, long longestFile) throws IOException {
        RowLimit limit = new RowLimit(new InputStreamReader(csv, StandardCharsets.UTF_8), longestFile);
        BufferedReader text = new BufferedReader(limit, LONGEST_HEADER);
        char delimiter = delimiter(text);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .get();
        return new CsvTable(
                limit, CSVParser.builder().setReader(text).setFormat(format).get());
    }

    /** Looks at the header without taking it; takes a byte order mark. */
    private static char delimiter(Reader text) throws IOException {
        text.mark(LONGEST_HEADER);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        text.mark(LONGEST_HEADER);
        int[] seen = new int[DELIMITERS.length()];
        boolean quoted = false;
        boolean begun = false;
        for (int read = 1, next = text.read(); next >= 0 && read < LONGEST_HEADER; read++, next = text.read()) {
            boolean lineEnd = next == '\n' || next == '\r';
            if (lineEnd && begun && !quoted) {
                break;
            }
            begun |= !lineEnd;
            quoted ^= next == '"';
            int which = DELIMITERS.indexOf(next);
            if (which >= 0 && !quoted) {
                seen[which]++;
            }
        }
        text.reset();
        int most = 0;
        for (int which = 1; which < seen.length; which++) {
            most = seen[which] > seen[most] ? which : most;
        }
        return DELIMITERS.charAt(most);
    }

    /**
     * Whether there is another row.
     *
     * @throws IOException when the rest of the file cannot be read as rows; the message says why
     */
    public boolean hasNext() throws IOException {
        limit.nextRow();
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw readable(e);
        } catch (IllegalStateException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The cells of the next row.
     *
     * @throws IOException as {@link #hasNext}
     */
    public List<String> next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows");
        }
        List<String> cells = new ArrayList<>();
        records.next().forEach(cell -> cells.add(cell(cell)));
        return cells;
    }

    private static IOException readable(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException("cannot be read", e) : cause;
    }

    private static String cell(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("'") && isGuardable(trimmed) ? trimmed.substring(1) : trimmed;
    }

    /**
     * A cell for export: guarded where a spreadsheet would take it for a formula, and where it looks like one that is guarded, so that
     * reading it gives back what was written, but for blanks around it.
     */
    public static String guarded(String cell) {
        return isGuardable(cell.strip()) ? "'" + cell.strip() : cell;
    }

    /** What reading gives of a cell that {@link #guarded} wrote. */
    public static String asRead(String cell) {
        return cell(guarded(cell));
    }

    /** Whether there is one of {@code = + - @} first, behind any number of {@code '}. */
    private static boolean isGuardable(String cell) {
        int at = 0;
        while (at < cell.length() && cell.charAt(at) == '\'') {
            at++;
        }
        return at < cell.length() && GUARDED.indexOf(cell.charAt(at)) >= 0;
    }
}
