package dev.provhub.rollout;

import static dev.provhub.rollout.RolloutState.AWAITING_APPROVAL;
import static dev.provhub.rollout.RolloutState.CANCELLED;
import static dev.provhub.rollout.RolloutState.DRAFT;
import static dev.provhub.rollout.RolloutState.FINISHED;
import static dev.provhub.rollout.RolloutState.PAUSED;
import static dev.provhub.rollout.RolloutState.RUNNING;
import static dev.provhub.rollout.RolloutState.SCHEDULED;
import static dev.provhub.rollout.RolloutState.STOPPED;

import java.util.Locale;
import java.util.Set;

/** What somebody may do to a rollout, and in which states. */
public enum RolloutAction {
    /** A second person agrees. */
    APPROVE,
    /** It begins as soon as possible. */
    START,
    /** No further device is told. */
    PAUSE,
    /** It goes on; what has failed so far is forgiven. */
    RESUME,
    /** It ends; devices that were not told yet keep what they have. */
    CANCEL,
    /** Devices that have failed are told again. */
    RETRY,
    /** Devices return to what they had before. */
    BACK;

    private static final Set<RolloutState> MOVING = Set.of(RUNNING, PAUSED, STOPPED);

    /** Whether it is possible in a state. */
    public boolean isPossibleIn(RolloutState state) {
        return switch (this) {
            case APPROVE -> state == AWAITING_APPROVAL;
            case START -> state == DRAFT || state == SCHEDULED;
            case PAUSE -> state == RUNNING;
            case RESUME -> state == PAUSED || state == STOPPED;
            case CANCEL -> !state.isEnd() || state == FINISHED;
            case RETRY -> MOVING.contains(state) || state == FINISHED;
            case BACK -> MOVING.contains(state) || state == FINISHED || state == CANCELLED;
        };
    }

    /** As it is written in paths and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
