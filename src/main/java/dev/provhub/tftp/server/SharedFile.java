package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being sent, opened once for all transfers that send it, and read in pieces that they share: an image that goes
 * to a thousand phones is in memory once at most. All pieces of all files together take {@value #MOST_BYTES} bytes at most; beyond,
 * blocks are read as they are needed. Any thread.
 */
final class SharedFile {
    private static final int PIECE_BYTES = 64 * 1024;
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final AtomicLong HELD_BYTES = new AtomicLong();
    private static final Map<Identity, SharedFile> OPEN = new HashMap<>();

    /** A file that is replaced or changed is another one. */
    private record Identity(Path path, @Nullable Object key, long size, long modifiedMillis) {}

    private final Identity identity;
    private final FileChannel channel;
    private final byte[] @Nullable [] pieces;
    private int users;

    private SharedFile(Identity identity) throws IOException {
        this.identity = identity;
        this.channel = FileChannel.open(identity.path(), StandardOpenOption.READ);
        this.pieces = new byte[Math.toIntExact((identity.size() + PIECE_BYTES - 1) / PIECE_BYTES)][];
    }

    /** To be closed by each who has opened it. */
    static SharedFile open(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Identity identity = new Identity(
                file.toAbsolutePath(),
                attributes.fileKey(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
        synchronized (OPEN) {
            SharedFile shared = OPEN.get(identity);
            if (shared == null) {
                shared = new SharedFile(identity);
                OPEN.put(identity, shared);
            }
            shared.users++;
            return shared;
        }
    }

    long size() {
        return identity.size();
    }

    /** Appends a part. */
    void read(long offset, int length, ByteBuf out) throws IOException {
        long position = offset;
        int left = length;
        while (left > 0) {
            int piece = (int) (position / PIECE_BYTES);
            int from = (int) (position % PIECE_BYTES);
            int count = Math.min(left, PIECE_BYTES - from);
            byte[] bytes = piece(piece);
            if (bytes != null) {
                out.writeBytes(bytes, from, count);
            } else {
                direct(position, count, out);
            }
            position += count;
            left -= count;
        }
    }

    /** Null when there is no room for one more. */
    private synchronized byte @Nullable [] piece(int number) throws IOException {
        byte[] known = pieces[number];
        if (known != null) {
            return known;
        }
        int length = (int) Math.min(PIECE_BYTES, identity.size() - (long) number * PIECE_BYTES);
        if (HELD_BYTES.addAndGet(length) > MOST_BYTES) {
            HELD_BYTES.addAndGet(-length);
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (long) number * PIECE_BYTES + bytes.position()) < 0) {
                    throw new IOException("the file has become shorter while it was sent");
                }
            }
        } catch (IOException e) {
            HELD_BYTES.addAndGet(-length);
            throw e;
        }
        pieces[number] = bytes.array();
        return bytes.array();
    }

    private void direct(long offset, int length, ByteBuf out) throws IOException {
        int done = 0;
        while (done < length) {
            int read = out.writeBytes(channel, offset + done, length - done);
            if (read < 0) {
                throw new IOException("the file has become shorter while it was sent");
            }
            done += read;
        }
    }

    /** One user less; the last closes the file. */
    void close() throws IOException {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(identity);
        }
        synchronized (this) {
            for (byte[] piece : pieces) {
                HELD_BYTES.addAndGet(piece == null ? 0 : -piece.length);
            }
        }
        channel.close();
    }

    /** Bytes of all files that are held; for tests. */
    static long heldBytes() {
        return HELD_BYTES.get();
    }
}
