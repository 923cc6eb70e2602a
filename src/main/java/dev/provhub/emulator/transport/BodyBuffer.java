package dev.provhub.emulator.transport;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Gathers a body up to a phone's limit, or hands it on piece by piece. */
final class BodyBuffer {
    private static final int FIRST_BYTES = 1024;

    private final int maxBytes;
    private final Optional<BodySink> sink;
    private final ByteArrayOutputStream whole;
    private long length;

    BodyBuffer(int maxBytes, Optional<BodySink> sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
        this.whole = new ByteArrayOutputStream(sink.isPresent() ? 0 : FIRST_BYTES);
    }

    /**
     * Takes what is readable.
     *
     * @throws IOException when it is more than the phone can hold
     */
    void add(ByteBuf piece) throws IOException {
        length += piece.readableBytes();
        checkSize(length);
        if (sink.isPresent()) {
            sink.get().accept(piece.nioBuffer());
            piece.skipBytes(piece.readableBytes());
        } else {
            piece.readBytes(whole, piece.readableBytes());
        }
    }

    void checkSize(long bytes) throws IOException {
        if (bytes > maxBytes) {
            throw new IOException("answer of " + bytes + " bytes is larger than " + maxBytes);
        }
    }

    FetchResult.Body body(String contentEncoding, PhoneUrl url) {
        return new FetchResult.Body(whole.toByteArray(), length, contentEncoding, url);
    }
}
