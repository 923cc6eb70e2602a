package dev.provhub.rollout;

import java.util.Optional;

/** What firmware can be given. Thread-safe. */
public interface RolloutImages {
    /** Why no device of a family can be taken to a version now; empty when its image is offered. */
    Optional<String> complaint(String family, String version);

    /**
     * Why a device cannot be taken to a version that is offered; empty when it can, or is there.
     *
     * @param running as the device tells it
     * @param down    whether it may be taken back to an older one
     */
    Optional<String> noWay(String family, String running, String version, boolean down);
}
