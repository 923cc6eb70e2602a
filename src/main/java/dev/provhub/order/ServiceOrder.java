package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An order that was accepted.
 *
 * @param id             ours
 * @param externalId     the orderer's; null when none was given
 * @param state          how far it is; follows from the items
 * @param orderDate      when it was accepted
 * @param requestedStart not to be carried out before; null for at once
 * @param started        when the first item was carried out; null before
 * @param completed      when nothing was left to do, well or badly; null before
 * @param items          at least one
 * @param details        what the orderer said beside the items, opaque to all but the interface that it came by; without
 *                       secrets; empty for nothing
 */
public record ServiceOrder(
        String id,
        @Nullable String externalId,
        OrderState state,
        Instant orderDate,
        @Nullable Instant requestedStart,
        @Nullable Instant started,
        @Nullable Instant completed,
        List<OrderItem> items,
        String details) {

    /** @throws IllegalArgumentException when there is no item */
    public ServiceOrder {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("order " + id + " has no item");
        }
    }

    /** Whether this is what a new order says, so that the new one is a repeat of it. */
    boolean sameContentAs(List<OrderItem> otherItems, String otherDetails, @Nullable Instant otherStart) {
        return details.equals(otherDetails)
                && Optional.ofNullable(requestedStart).equals(Optional.ofNullable(otherStart))
                && contentOf(items).equals(contentOf(otherItems));
    }

    private static List<?> contentOf(List<OrderItem> items) {
        return items.stream().map(item -> List.of(item.id(), item.line())).toList();
    }

    /** Whether it has something to carry out at this time. */
    boolean isDue(Instant now) {
        return (state == OrderState.ACKNOWLEDGED || state == OrderState.IN_PROGRESS)
                && (requestedStart == null || !requestedStart.isAfter(now))
                && items.stream().anyMatch(item -> item.state() == OrderState.ACKNOWLEDGED);
    }

    /** With the items that a device's applied revision completes completed. */
    ServiceOrder applied(MacAddress mac, long revision, Instant now) {
        return change(item -> item.waitsFor(mac, revision), OrderItem::completed, now);
    }

    /** With one item changed, and the state and times that follow from it. */
    ServiceOrder withItem(OrderItem changed, Instant now) {
        return change(item -> item.id().equals(changed.id()), item -> changed, now);
    }

    private ServiceOrder change(Predicate<OrderItem> which, UnaryOperator<OrderItem> change, Instant now) {
        List<OrderItem> after = items.stream()
                .map(item -> which.test(item) ? change.apply(item) : item)
                .toList();
        if (after.equals(items)) {
            return this;
        }
        OrderState next =
                OrderState.ofItems(after.stream().map(OrderItem::state).toList());
        boolean begins = state == OrderState.ACKNOWLEDGED && next != OrderState.ACKNOWLEDGED;
        OrderState to = (begins ? state.to(OrderState.IN_PROGRESS) : state).to(next);
        return new ServiceOrder(
                id,
                externalId,
                to,
                orderDate,
                requestedStart,
                begins ? now : started,
                to.isFinal() ? now : completed,
                after,
                details);
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "ServiceOrder[" + id + " " + state.wireName() + "]";
    }
}
