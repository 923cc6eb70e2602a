package dev.provhub.tftp.component;

import java.io.IOException;

/** A server does not answer, though it was asked as often as set. */
public class TftpTimeoutException extends IOException {
    /** @param message who does not answer */
    public TftpTimeoutException(String message) {
        super(message);
    }
}
