package dev.provhub.rollout;

import java.util.Locale;
import java.util.Set;

/**
 * How a rollout stands. Which state may follow which:
 *
 * <pre>
 *   AWAITING_APPROVAL ─approve─▶ DRAFT ─start─▶ SCHEDULED ─time─▶ RUNNING ─last group─▶ FINISHED
 *          └────────────approve, with a start───────▲              │  ▲                   │
 *                                                          pause   ▼  │ resume            │
 *                                                                PAUSED                   │
 *                                                    errors │      │ errors               │ errors, firmware alone
 *                                                           └─▶ STOPPED ─resume, retry─▶ RUNNING
 *   any before its end ─cancel─▶ CANCELLED         RUNNING, PAUSED, STOPPED, FINISHED, CANCELLED ─back─▶ BACK
 * </pre>
 */
public enum RolloutState {
    /** A second person has to agree. */
    AWAITING_APPROVAL,
    /** Waits to be started. */
    DRAFT,
    /** Begins when its time has come. */
    SCHEDULED,
    /** Groups are begun one after the other. */
    RUNNING,
    /** No device is told any more; those that were told go on. */
    PAUSED,
    /** Too many have failed: as paused, and those that were told and have not followed are told the former again. */
    STOPPED,
    /** All groups are through; devices that were offline are still picked up. */
    FINISHED,
    /** Ended by somebody: devices that were not told yet keep what they have. */
    CANCELLED,
    /** Devices return to what they had before. */
    BACK;

    /** In which devices that are part of it still matter when they ask. */
    public static final Set<RolloutState> HEARD = Set.of(RUNNING, PAUSED, STOPPED, FINISHED, CANCELLED, BACK);
    /** In which devices of begun groups are told. */
    public static final Set<RolloutState> TELLING = Set.of(RUNNING, FINISHED);
    /** In which something can become of devices without their being heard: those that are silent fail, and failures may stop it. */
    public static final Set<RolloutState> WATCHED = Set.of(RUNNING, PAUSED, FINISHED, CANCELLED);
    /** In which devices are told, or will be again, and in which what they were told counts. */
    public static final Set<RolloutState> GOING_ON = Set.of(RUNNING, PAUSED, FINISHED);
    /** In which its layers, where it has some, are under way. */
    public static final Set<RolloutState> UNDER_WAY =
            Set.of(AWAITING_APPROVAL, DRAFT, SCHEDULED, RUNNING, PAUSED, STOPPED);

    /** As it is written in tables and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a word of {@link #word}. */
    public static RolloutState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether it has ended, so that its layers, where it has some, are no more under way. */
    public boolean isEnd() {
        return !UNDER_WAY.contains(this);
    }
}
