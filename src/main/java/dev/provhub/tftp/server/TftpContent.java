package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What is sent: bytes in memory, or a file that is read piece by piece. Not thread-safe. */
public abstract class TftpContent implements Closeable {
    private TftpContent() {}

    /** Bytes that must not be changed any more. */
    public static TftpContent of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /**
     * A file, whose length is taken now.
     *
     * @throws IOException when it cannot be opened
     */
    public static TftpContent of(Path file) throws IOException {
        return new FileBlocks(SharedFile.open(file));
    }

    /** Length in bytes. */
    public abstract long size();

    /**
     * Appends a piece.
     *
     * @param offset from 0
     * @param length at most what is left from there
     */
    abstract void read(long offset, int length, ByteBuf out) throws IOException;

    @Override
    public void close() throws IOException {}

    /** The same, and something that is done once when it is closed. */
    public TftpContent andThen(Runnable afterwards) {
        return new Followed(this, afterwards);
    }

    private static final class Followed extends TftpContent {
        private final TftpContent content;
        private final Runnable afterwards;
        private boolean closed;

        Followed(TftpContent content, Runnable afterwards) {
            this.content = content;
            this.afterwards = afterwards;
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        void read(long offset, int length, ByteBuf out) throws IOException {
            content.read(offset, length, out);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try {
                    content.close();
                } finally {
                    afterwards.run();
                }
            }
        }
    }

    private static final class Bytes extends TftpContent {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        void read(long offset, int length, ByteBuf out) {
            out.writeBytes(bytes, (int) offset, length);
        }
    }

    private static final class FileBlocks extends TftpContent {
        private final SharedFile file;
        private boolean closed;

        FileBlocks(SharedFile file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        /** On the event loop: a piece out of the page cache, now and then. */
        @Override
        void read(long offset, int length, ByteBuf out) throws IOException {
            file.read(offset, length, out);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                file.close();
            }
        }
    }
}
