package dev.provhub.emulator.firmware;

/** Why a phone does not flash an image. */
public final class ImageRefusedException extends Exception {
    ImageRefusedException(String message) {
        super(message, null, false, false);
    }
}
