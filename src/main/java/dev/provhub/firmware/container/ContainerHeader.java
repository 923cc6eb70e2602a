package dev.provhub.firmware.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The start that both described containers share; integers are big endian (device protocol, section 6).
 *
 * <pre>
 * 0x00 magic[16] | 0x10 signature[32] | 0x30 digest[16] | 0x40 randseq[16] | 0x50 u32 length of this header
 * 0x54 u32 length of an entry of the table | 0x58 u32 length of the file | 0x5c version[32], NUL padded | 0x7c u32 entries
 * </pre>
 *
 * @param bytes header and table
 */
record ContainerHeader(ByteBuffer bytes, int headerBytes, int entryBytes, int entries, String version) {
    static final int SIGNATURE = 0x10;
    static final int RANDSEQ = 0x40;
    static final int DIGEST = 0x30;
    static final int AFTER_RANDSEQ = 0x50;
    private static final int ENTRY_LENGTH = 0x54;
    private static final int FILE_LENGTH = 0x58;
    private static final int VERSION = 0x5c;
    private static final int VERSION_BYTES = 32;
    private static final int ENTRIES = 0x7c;
    /** Images that were seen have some eighty. */
    private static final int MOST_ENTRIES = 4096;

    private static final Pattern VERSION_TEXT = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.()_-]{0,31}");

    /**
     * Reads and checks header and table.
     *
     * @throws ContainerException when it is cut short, or says something that is not so
     */
    static ContainerHeader read(FileChannel file, int headerBytes, int entryBytes)
            throws IOException, ContainerException {
        ByteBuffer header = part(file, 0, headerBytes);
        expect("header length", headerBytes, header.getInt(AFTER_RANDSEQ));
        expect("length of a table entry", entryBytes, header.getInt(ENTRY_LENGTH));
        expect("file size in the header", file.size(), Integer.toUnsignedLong(header.getInt(FILE_LENGTH)));
        int entries = header.getInt(ENTRIES);
        long end = headerBytes + (long) entryBytes * entries;
        if (entries < 1 || entries > MOST_ENTRIES || end > file.size()) {
            throw new ContainerException("a table of " + Integer.toUnsignedString(entries)
                    + " entries does not fit into the file; allowed: 1 to " + MOST_ENTRIES);
        }
        return new ContainerHeader(
                part(file, 0, (int) end), headerBytes, entryBytes, entries, text(header, VERSION, VERSION_BYTES));
    }

    /** @throws ContainerException when the file ends before */
    static ByteBuffer part(FileChannel file, long offset, int length) throws IOException, ContainerException {
        ByteBuffer part = ByteBuffer.allocate(length);
        while (part.hasRemaining()) {
            if (file.read(part, offset + part.position()) < 0) {
                throw new ContainerException("the file ends at " + file.size()
                        + " bytes, in the middle of what should go on to " + (offset + length));
            }
        }
        return part.flip();
    }

    static void expect(String what, long expected, long found) throws ContainerException {
        if (expected != found) {
            throw new ContainerException(what + " is " + found + ", and should be " + expected);
        }
    }

    /** A version text: printable, and nothing but zeros after it. */
    private static String text(ByteBuffer bytes, int offset, int length) throws ContainerException {
        byte[] raw = new byte[length];
        bytes.get(offset, raw);
        int end = 0;
        while (end < length && raw[end] != 0) {
            end++;
        }
        for (int i = end; i < length; i++) {
            if (raw[i] != 0) {
                throw new ContainerException("the version text does not end: there are bytes after its end");
            }
        }
        String text = new String(raw, 0, end, StandardCharsets.ISO_8859_1);
        if (!VERSION_TEXT.matcher(text).matches()) {
            throw new ContainerException("the version text is empty, or holds what no version does");
        }
        return text;
    }

    int entry(int number) {
        return headerBytes + number * entryBytes;
    }

    int end() {
        return headerBytes + entries * entryBytes;
    }
}
