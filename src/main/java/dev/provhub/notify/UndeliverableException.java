package dev.provhub.notify;

/** Nothing can be sent, for a reason that an operator understands. Its message is that reason. */
public final class UndeliverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason for the operator */
    public UndeliverableException(String reason) {
        super(reason, null, false, false);
    }
}
