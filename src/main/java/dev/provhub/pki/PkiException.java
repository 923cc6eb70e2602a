package dev.provhub.pki;

/** A certificate or key cannot be read or made. The message is one line and names the file. */
public final class PkiException extends RuntimeException {
    /** @param message one line, without any private key */
    public PkiException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param message one line, without any private key */
    public PkiException(String message) {
        super(message);
    }
}
