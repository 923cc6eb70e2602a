package dev.provhub.rollout;

import java.util.Optional;

/** What firmware can be given. Thread-safe. */
public interface RolloutImages {
    /** Why not every device of a family can be taken to a version now: its image is not offered, or one of a step is away; else empty. */
    Optional<String> complaint(String family, String version);

    /**
     * Why a device cannot be taken to a version that is offered; empty when it can, or is there.
     *
     * @param running as the device tells it
     * @param down    whether it may be taken back to an older one
     */
    Optional<String> noWay(String family, String running, String version, boolean down);
}
