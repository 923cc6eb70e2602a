package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Bytes that come in piece by piece, up to a limit; holds nothing before the first. */
final class Received {
    private static final int FIRST_BYTES = 1024;
    private static final byte[] NONE = {};

    private final int limit;
    private byte[] bytes = NONE;
    private int size;

    /** @param limit in bytes */
    Received(int limit) {
        this.limit = limit;
    }

    /** Takes all of a piece; false, and nothing is taken, when it does not fit. */
    boolean append(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length > limit - size) {
            return false;
        }
        if (size + length > bytes.length) {
            int doubled = (int) Math.min(limit, Math.max(FIRST_BYTES, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.max(size + length, doubled));
        }
        piece.readBytes(bytes, size, length);
        size += length;
        return true;
    }

    /** How much has come. */
    int size() {
        return size;
    }

    /** All of it, which is no longer held here. */
    byte[] take() {
        byte[] all = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        bytes = NONE;
        return all;
    }

    /** Holds it no longer. */
    void drop() {
        bytes = NONE;
    }
}
