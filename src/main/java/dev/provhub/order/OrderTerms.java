package dev.provhub.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an orderer says of an order as a whole, and may ask for again.
 *
 * @param category            null for none
 * @param priority            null for none
 * @param requestedCompletion by when it should be done; null for any time
 */
public record OrderTerms(
        @Nullable String category,
        @Nullable String priority,
        @Nullable Instant requestedCompletion) {
    /** Nothing said. */
    public static final OrderTerms NONE = new OrderTerms(null, null, null);
}
