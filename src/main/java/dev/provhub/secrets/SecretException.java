package dev.provhub.secrets;

/** A secret cannot be read, opened or used. The message names where, never the value. */
public final class SecretException extends RuntimeException {
    /** @param message one line, without any secret */
    public SecretException(String message) {
        super(message);
    }
}
