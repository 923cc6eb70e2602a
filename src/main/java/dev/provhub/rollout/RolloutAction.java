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
    APPROVE(AWAITING_APPROVAL),
    /** It begins as soon as possible. */
    START(DRAFT, SCHEDULED),
    /** No further device is told. */
    PAUSE(RUNNING),
    /** It goes on; what has failed so far is forgiven. */
    RESUME(PAUSED, STOPPED),
    /** It ends; devices that were not told yet keep what they have. */
    CANCEL(AWAITING_APPROVAL, DRAFT, SCHEDULED, RUNNING, PAUSED, STOPPED, FINISHED),
    /** Devices that have failed are told again. */
    RETRY(RUNNING, PAUSED, STOPPED, FINISHED),
    /** Devices return to what they had before. */
    BACK(RUNNING, PAUSED, STOPPED, FINISHED, CANCELLED);

    private final Set<RolloutState> from;

    RolloutAction(RolloutState... from) {
        this.from = Set.of(from);
    }

    /** Whether it is possible in a state. */
    public boolean isPossibleIn(RolloutState state) {
        return from.contains(state);
    }

    /** As it is written in paths and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
