package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The start of an image, as long as its reader wants it, and the length of all. */
final class ImageHead {
    /** More than any table of contents that a phone would read. */
    static final int LONGEST = 1 << 20;

    private byte[] bytes;
    private int kept;
    private long length;

    /** @param wanted bytes to keep at first */
    ImageHead(int wanted) {
        bytes = new byte[wanted];
    }

    /** Keeps what is still wanted of a piece. */
    void take(ByteBuffer piece) {
        int now = Math.min(piece.remaining(), bytes.length - kept);
        piece.get(bytes, kept, now);
        kept += now;
        length += now;
    }

    /** Counts the rest of a piece. */
    void skip(ByteBuffer piece) {
        length += piece.remaining();
        piece.position(piece.limit());
    }

    /** Counts what somebody else has taken. */
    void count(int more) {
        length += more;
    }

    boolean isFull() {
        return kept == bytes.length;
    }

    void want(int longer) {
        bytes = Arrays.copyOf(bytes, Math.min(Math.max(longer, bytes.length), LONGEST));
    }

    /** What was kept. */
    ByteBuffer buffer() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, kept));
    }

    long length() {
        return length;
    }
}
