package dev.provhub.rollout;

import java.util.Optional;

/** What firmware can be given. Thread-safe. */
public interface RolloutImages {
    /** Why no device of a family can be taken to a version now; empty when its image is offered. */
    Optional<String> complaint(String family, String version);

    /** Which image of a step on the way up to a version is not there for the while, so that some devices have no way; empty for none. */
    Optional<String> stepAway(String family, String version);

    /** Why not every device of a family can be taken to a version now: one of both. */
    default Optional<String> missing(String family, String version) {
        return complaint(family, version).or(() -> stepAway(family, version));
    }

    /**
     * Why a device cannot be taken to a version that is offered; empty when it can, or is there.
     *
     * @param running as the device tells it
     * @param down    whether it may be taken back to an older one
     */
    Optional<String> noWay(String family, String running, String version, boolean down);
}
