package dev.provhub.emulator.transport;

import java.nio.ByteBuffer;

/** Takes a body as it comes in, in order, on a thread of the network. */
@FunctionalInterface
public interface BodySink {
    /**
     * Takes a piece.
     *
     * @param piece valid during the call only
     */
    void accept(ByteBuffer piece);
}
