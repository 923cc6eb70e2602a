package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/** The store refused or failed to do something. The message names no value that was to be written. */
public class StoreException extends RuntimeException {
    /** @param message what was attempted, without values */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
