package dev.provhub.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as somebody wrote it: nothing is checked yet.
 *
 * @param externalId     the orderer's name of it; null when there is none
 * @param requestedStart not to be carried out before; null for at once
 * @param items          in the orderer's order
 * @param details        see {@link ServiceOrder#details}
 */
public record NewOrder(
        @Nullable String externalId, @Nullable Instant requestedStart, List<Item> items, String details) {
    /** Copies the items. */
    public NewOrder {
        items = List.copyOf(items);
    }

    /** An order of one item that is carried out at once, as a row of a table is. */
    public static NewOrder ofRow(@Nullable String externalId, OrderAction action, Map<String, String> named) {
        return new NewOrder(externalId, null, List.of(new Item("1", action, named)), "");
    }

    /**
     * One item.
     *
     * @param id     unique within the order
     * @param action what is to happen
     * @param named  values by the names that the orderer uses; secrets among them
     */
    public record Item(String id, OrderAction action, Map<String, String> named) {
        /** Copies the values. */
        public Item {
            named = Map.copyOf(named);
        }

        /** Leaves the values out. */
        @Override
        public String toString() {
            return "Item[" + id + " " + action.wireName() + "]";
        }
    }

    /** Leaves the content out. */
    @Override
    public String toString() {
        return "NewOrder[" + externalId + "]";
    }
}
