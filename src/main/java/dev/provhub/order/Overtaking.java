package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Ends what was ordered before and what its device will never show: a line that goes before the device has fetched anything, and what a
 * device had still to apply when another one has taken its place. It is cancelled, before the order that has overtaken it ends. To be called
 * inside the unit of work that keeps that one. Used for one unit, which may be tried more than once.
 */
final class Overtaking {
    private final OrderLedger orders;
    private final List<ServiceOrder> ended = new ArrayList<>();

    Overtaking(OrderLedger orders) {
        this.orders = orders;
    }

    /** Orders that have ended so. */
    List<ServiceOrder> ended() {
        return ended;
    }

    /** Holds the orders that may be overtaken on some devices, the oldest first, before the order that may do so is held. */
    void lock(List<MacAddress> devices, String exceptId) {
        ended.clear();
        devices.stream()
                .distinct()
                .flatMap(mac -> orders.waitingOn(mac).stream())
                .filter(id -> !id.equals(exceptId))
                .distinct()
                .forEach(id -> orders.change(id, UnaryOperator.identity()));
    }

    /** A line is gone, and its device was never given anything: other orders than the one that took it away end. */
    void gone(ServiceOrder by, LineOrder delete, Predicate<OrderItem> neverHeld, Instant now) {
        end(by, delete.mac(), neverHeld, why(delete), now);
    }

    /** The same of the items before it in its own order. */
    static ServiceOrder goneWithin(ServiceOrder by, OrderItem delete, Predicate<OrderItem> neverHeld, Instant now) {
        int at = by.items().indexOf(delete);
        List<OrderItem> before = at < 0 ? List.of() : by.items().subList(0, at);
        return by.change(
                item -> item.isAwaited() && neverHeld.test(item) && before.contains(item),
                item -> item.overtaken(why(delete.line())),
                now);
    }

    /** Of an order that is not kept yet. */
    static ServiceOrder within(ServiceOrder order, LineOrder delete, Predicate<OrderItem> neverHeld, Instant now) {
        return order.change(item -> item.isAwaited() && neverHeld.test(item), item -> item.overtaken(why(delete)), now);
    }

    /** What a swap has completed: the device that is gone shows nothing any more. */
    void swapped(ServiceOrder before, ServiceOrder after, Instant now) {
        ended.clear();
        for (OrderItem item : after.items()) {
            MacAddress out = item.line().swappedOut().orElse(null);
            boolean wasDone = before.item(item.id())
                    .filter(was -> was.state() == OrderState.COMPLETED)
                    .isPresent();
            if (out != null && item.state() == OrderState.COMPLETED && !wasDone) {
                end(
                        after,
                        out,
                        old -> old.line().mac().equals(out),
                        "device " + item.line().mac() + " has taken the place of device " + out
                                + ", which has not shown that it applied this",
                        now);
            }
        }
    }

    private static String why(LineOrder delete) {
        return "a later order has taken line " + delete.lineNumber() + " away before device " + delete.mac()
                + " has fetched anything";
    }

    private void end(ServiceOrder by, MacAddress mac, Predicate<OrderItem> which, String why, Instant now) {
        for (String id : orders.waitingOn(mac)) {
            if (!id.equals(by.id())) {
                orders.change(
                                id,
                                order -> order.orderDate().isAfter(by.orderDate())
                                        ? order
                                        : order.change(
                                                item -> item.isAwaited() && which.test(item),
                                                item -> item.overtaken(why),
                                                now))
                        .filter(order -> order.state().isFinal())
                        .ifPresent(ended::add);
            }
        }
    }
}
