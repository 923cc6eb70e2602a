package dev.provhub.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an order is to say from now on.
 *
 * @param externalId     null for none
 * @param requestedStart null for at once
 * @param items          in place of its items; null to leave them as they are
 * @param details        see {@link ServiceOrder#details}
 * @param state          what it is to be: held, pending (to go on), or cancelled; null to leave it as it is
 */
public record Amendment(
        @Nullable String externalId,
        @Nullable Instant requestedStart,
        @Nullable List<NewOrder.Item> items,
        String details,
        @Nullable OrderState state) {
    /** Copies the items. */
    public Amendment {
        items = items == null ? null : List.copyOf(items);
    }

    /** Leaves the content out. */
    @Override
    public String toString() {
        return "Amendment[" + (state == null ? "" : state.wireName()) + "]";
    }
}
