package dev.provhub.firmware.container;

/** A container is not whole, or not what it says. The message is for an operator: what is wrong, and what should be. */
public final class ContainerException extends Exception {
    private static final long serialVersionUID = 1L;

    ContainerException(String message) {
        super(message, null, false, false);
    }
}
