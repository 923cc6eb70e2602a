package dev.provhub.sealing;

/** A body could not be opened. Says nothing of key, padding or content, because the difference would help a guesser. */
public final class UnsealingException extends RuntimeException {
    /** @param message without any part of the body or the key */
    public UnsealingException(String message) {
        super(message);
    }
}
