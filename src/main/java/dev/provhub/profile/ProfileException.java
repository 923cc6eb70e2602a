package dev.provhub.profile;

/** A profile cannot be made. The message names device, parameter and what is allowed, and holds no secret. */
public final class ProfileException extends RuntimeException {
    /** @param message for the operator's log, never for the device */
    public ProfileException(String message) {
        super(message);
    }
}
