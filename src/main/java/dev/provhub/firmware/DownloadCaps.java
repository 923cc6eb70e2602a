package dev.provhub.firmware;

import java.util.OptionalInt;

/** How much a rollout may download at a time. Asked for each request of a file under {@code /firmware/r/<rollout>/}; must be quick. */
@FunctionalInterface
public interface DownloadCaps {
    /** Rollouts have no caps of their own. */
    DownloadCaps NONE = rollout -> OptionalInt.empty();

    /**
     * How many downloads for a rollout there may be at a time.
     *
     * @param rollout as the URL has it; may be anything
     * @return empty for no cap but the hub's own, also for a rollout that nobody knows
     */
    OptionalInt most(String rollout);
}
