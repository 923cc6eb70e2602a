package dev.provhub.emulator;

/** What starts a resync, and how a rule sees it (section 3.3). */
public enum ResyncReason {
    /** Asked for from outside: web page, NOTIFY. */
    EXPLICIT("-1"),
    /** Switched on. */
    POWER_UP("0"),
    /** After an upgrade attempt. */
    AFTER_UPGRADE("0"),
    /** {@code Resync_Periodic} or {@code Resync_At__HHmm_}. */
    TIMER("1"),
    /** The error list. */
    RETRY("2");

    private final String macro;

    ResyncReason(String macro) {
        this.macro = macro;
    }

    /** {@code $PRVST}. */
    String macro() {
        return macro;
    }
}
