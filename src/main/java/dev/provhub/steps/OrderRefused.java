package dev.provhub.steps;

/** An order that is refused: trying again does not help, another mapping may. The message is for people and holds no secret. */
public final class OrderRefused extends Exception {
    private static final long serialVersionUID = 1L;

    OrderRefused(String reason) {
        super(reason);
    }
}
