package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/** The store cannot be reached or used at all just now. The message is one line, ready to be shown. */
public final class StoreUnavailableException extends StoreException {
    /** @param message names the store without its password */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
