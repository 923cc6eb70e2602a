package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is sent: bytes in memory, or a file that is read block by block. Not thread-safe. */
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
        return new FileBlocks(FileChannel.open(file, StandardOpenOption.READ));
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
        private final FileChannel channel;
        private final long size;

        FileBlocks(FileChannel channel) throws IOException {
            this.channel = channel;
            this.size = channel.size();
        }

        @Override
        public long size() {
            return size;
        }

        /** One block at a time, on the event loop: a kilobyte or so out of the page cache. */
        @Override
        void read(long offset, int length, ByteBuf out) throws IOException {
            int done = 0;
            while (done < length) {
                int read = out.writeBytes(channel, offset + done, length - done);
                if (read < 0) {
                    throw new IOException("the file has become shorter while it was sent");
                }
                done += read;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
