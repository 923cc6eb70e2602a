package dev.provhub.config;

import dev.provhub.order.CompleteWhen;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How orders are followed, and who is told of them.
 *
 * @param complete when an item counts as completed
 * @param patience how long a device may take to fetch what was ordered; zero for any time
 * @param mostItems how many items an order may have, from 1
 * @param allowed  base URLs to which events may go wherever they are
 * @param giveUp   how long an event is tried
 * @param toRoute  whether a route of the hub is given every event
 */
public record OrderSettings(
        CompleteWhen complete, Duration patience, int mostItems, List<URI> allowed, Duration giveUp, boolean toRoute) {
    /** Copies the list. */
    public OrderSettings {
        allowed = List.copyOf(allowed);
    }
}
