package dev.provhub.notify;

/**
 * What became of a NOTIFY.
 *
 * @param delivered whether the phone has taken it
 * @param text      one sentence for the operator; of a failure with its usual cause
 */
public record NotifyOutcome(boolean delivered, String text) {
    static NotifyOutcome delivered(String text) {
        return new NotifyOutcome(true, text);
    }

    /** It did not get there. */
    public static NotifyOutcome failed(String text) {
        return new NotifyOutcome(false, text);
    }
}
