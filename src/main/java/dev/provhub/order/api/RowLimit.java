package dev.provhub.order.api;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Stops reading when a row or the whole file grows beyond what any honest one has: an open quote would otherwise pull the
 * rest of a file into memory.
 */
final class RowLimit extends FilterReader {
    /** In characters; what the parser has read ahead counts too, so a row of somewhat less is already too long. */
    static final int LONGEST_ROW = 128 * 1024;

    private final long longestFile;
    private long file;
    private long row;

    RowLimit(Reader in, long longestFile) {
        super(in);
        this.longestFile = longestFile;
    }

    /** The next row begins. */
    void nextRow() {
        row = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            row += read;
            file += read;
        }
        if (row > LONGEST_ROW) {
            throw new IOException("a row is longer than " + LONGEST_ROW + " characters; a quote may be open");
        }
        if (file > longestFile) {
            throw new IOException("the file is longer than " + longestFile + " characters");
        }
        return read;
    }
}
