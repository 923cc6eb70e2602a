package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/** What is wanted is held by somebody else's change for too long; nothing was done, and it may well be tried again. */
public final class StoreBusyException extends StoreException {
    /** @param message what was attempted, without values */
    public StoreBusyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
