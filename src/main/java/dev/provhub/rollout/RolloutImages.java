package dev.provhub.rollout;

/** Whether firmware can be given. Thread-safe. */
@FunctionalInterface
public interface RolloutImages {
    /** Whether devices of a family can be taken to a version now: its images are there. */
    boolean isReachable(String family, String version);
}
