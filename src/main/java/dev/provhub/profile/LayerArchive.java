package dev.provhub.profile;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps which layers are in force, so that a restart puts nothing in force that was held. Thread-safe. */
public interface LayerArchive {
    /**
     * Layers that came into force.
     *
     * @param files text by path below the folder of the layers
     */
    record Kept(Instant since, Map<String, String> files) {}

    /** The last that came into force; empty before the first. */
    Optional<Kept> latest();

    /** Keeps what comes into force now. */
    void keep(Map<String, String> files, Instant now);
}
