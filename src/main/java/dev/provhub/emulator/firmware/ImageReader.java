package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;

/** Looks at an image while it comes in, keeping little more than its headers. For one image, and one thread at a time. */
public interface ImageReader {
    /**
     * Takes the next piece.
     *
     * @param piece read to its end
     */
    void accept(ByteBuffer piece);

    /**
     * Says what it was, once all of it is in.
     *
     * @return the version that will run
     * @throws ImageRefusedException when the phone would not flash it
     */
    String version() throws ImageRefusedException;
}
