package dev.provhub.device;

import java.util.Collection;

/** Has devices told to fetch their profiles now. Thread-safe. */
@FunctionalInterface
public interface Resyncs {
    /**
     * Takes devices into the queue of those that are told; returns before they are. Those that cannot be told are passed over.
     *
     * @param who on whose behalf, for the log
     * @return how many were taken
     */
    int enqueue(Collection<MacAddress> devices, String who);
}
