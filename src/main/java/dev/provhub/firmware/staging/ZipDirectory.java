package dev.provhub.firmware.staging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory at the end of a zip archive, of which reading it from the front knows nothing: an archive that was cut off between two
 * files has none, and only here stands which file is a link (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16).
 *
 * @param entries files and folders
 * @param links   whether one of them is a link
 */
record ZipDirectory(int entries, boolean links) {
    private static final int END_MARK = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MOST_COMMENT_BYTES = 0xffff;
    private static final int ENTRY_MARK = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int UNIX = 3;
    private static final int KIND_OF_FILE = 0xf000;
    private static final int LINK = 0xa000;

    /** @throws RefusalException when there is none, or it is not whole */
    static ZipDirectory read(Path zip, int mostBytes) throws IOException, RefusalException {
        try (FileChannel file = FileChannel.open(zip, StandardOpenOption.READ)) {
            long tailAt = Math.max(0, file.size() - END_BYTES - MOST_COMMENT_BYTES);
            ByteBuffer tail = part(file, tailAt, (int) (file.size() - tailAt));
            int end = end(tail);
            long length = Integer.toUnsignedLong(tail.getInt(end + 12));
            long at = Integer.toUnsignedLong(tail.getInt(end + 16));
            if (length > mostBytes || at + length > tailAt + end) {
                throw cutOff();
            }
            return entries(part(file, at, (int) length), Short.toUnsignedInt(tail.getShort(end + 10)));
        }
    }

    private static RefusalException cutOff() {
        return RefusalException.unfit("the archive is cut off: it does not end with a directory of its files");
    }

    private static ByteBuffer part(FileChannel file, long at, int length) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (part.hasRemaining() && file.read(part, at + part.position()) >= 0) {
            // Until it is full or the file ends
        }
        return part.flip();
    }

    /** Where the last mark lies after which just its comment follows. */
    private static int end(ByteBuffer tail) throws RefusalException {
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_MARK
                    && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
                return at;
            }
        }
        throw cutOff();
    }

    private static ZipDirectory entries(ByteBuffer directory, int count) throws RefusalException {
        boolean links = false;
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (at + ENTRY_BYTES > directory.limit() || directory.getInt(at) != ENTRY_MARK) {
                throw cutOff();
            }
            links |= directory.get(at + 5) == UNIX && (directory.getShort(at + 40) & KIND_OF_FILE) == LINK;
            at += ENTRY_BYTES
                    + Short.toUnsignedInt(directory.getShort(at + 28))
                    + Short.toUnsignedInt(directory.getShort(at + 30))
                    + Short.toUnsignedInt(directory.getShort(at + 32));
        }
        return new ZipDirectory(count, links);
    }
}
