package dev.provhub.order.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to one listener.
 *
 * @param id       ours; later events of an order have higher ones
 * @param to       the listener
 * @param event    what is told
 * @param attempts how often it was tried since it was queued
 * @param queued   since when it waits: from when it happened, or from when somebody had it tried again
 * @param reason   why it was not taken last; null when it was never tried
 */
public record EventDelivery(
        long id,
        EventSubscription to,
        OrderEvent event,
        int attempts,
        Instant queued,
        @Nullable String reason) {}
