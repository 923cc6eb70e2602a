package dev.provhub.emulator.profile;

/** What a phone reports as {@code corrupt file}. The message says why, and nothing of the content. */
public final class CorruptFileException extends Exception {
    CorruptFileException(String message) {
        super(message, null, false, false);
    }
}
