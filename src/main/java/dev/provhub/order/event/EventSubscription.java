package dev.provhub.order.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to events.
 *
 * @param id       ours
 * @param callback URL to which they are posted, in which a token may stand; {@link #ROUTE} for a route of the hub
 * @param query    as the listener wrote it, see {@link EventQuery}; empty for everything
 * @param secret   under which they are signed; null for no signature
 * @param created  when it was made
 * @param failures how often in turn nothing could be brought there
 */
public record EventSubscription(
        String id, String callback, String query, @Nullable String secret, Instant created, int failures) {
    /** Id and callback of the one that stands for a route. */
    public static final String ROUTE = "route";

    /** Leaves callback and secret out. */
    @Override
    public String toString() {
        return "EventSubscription[" + id + "]";
    }
}
