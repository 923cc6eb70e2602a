package dev.provhub.rollout;

import java.util.List;
import java.util.Optional;

/** What firmware can be given. Thread-safe. */
public interface RolloutImages {
    /** Why no device of a family can be taken to a version now; empty when its image is offered. */
    Optional<String> complaint(String family, String version);

    /**
     * Why a device cannot be taken to a version, whatever images are away for the while; empty when it can, or is there.
     *
     * @param running as the device tells it
     * @param down    whether it may be taken back to an older one
     */
    Optional<String> noWay(String family, String running, String version, boolean down);

    /** Whether a device cannot be taken to a version just because files are away that should be there. */
    boolean isAway(String family, String running, String version, boolean down);

    /** Which images of a family are away, each with the reason, for people. */
    List<String> away(String family);
}
