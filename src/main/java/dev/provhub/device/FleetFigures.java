package dev.provhub.device;

import java.time.Instant;

/** Numbers over all devices, for who watches the hub. Thread-safe; each is one statement along an index. */
public interface FleetFigures {
    /** How many claimed devices of a model have no key yet. */
    long claimedWithoutKey(String model);

    /** How many certificates that claimed devices are bound to end in a time, its beginning included. */
    long certificatesEnding(Instant from, Instant to);
}
