package dev.provhub.order.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers of what waits to be told, and of what nobody could deal with. Thread-safe. */
@FunctionalInterface
public interface OutboxFigures {
    /**
     * Looks.
     *
     * @throws dev.provhub.device.StoreException when that cannot be known now
     */
    Figures look();

    /**
     * What was found.
     *
     * @param waiting events that wait for a listener, each as often as it has listeners
     * @param oldest  since when the oldest of them waits; null for none
     * @param faults  what waits for a person, events that were given up among it
     */
    record Figures(long waiting, @Nullable Instant oldest, long faults) {}
}
