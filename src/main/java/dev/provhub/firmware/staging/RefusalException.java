package dev.provhub.firmware.staging;

import dev.provhub.firmware.staging.StagingResult.Why;

/** Ends a staging; becomes a {@link StagingResult.Refused}. */
final class RefusalException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    RefusalException(Why why, String reason) {
        super(reason, null, false, false);
        this.why = why;
    }

    static RefusalException unfit(String reason) {
        return new RefusalException(Why.UNFIT, reason);
    }

    StagingResult.Refused result() {
        return new StagingResult.Refused(why, String.valueOf(getMessage()));
    }
}
