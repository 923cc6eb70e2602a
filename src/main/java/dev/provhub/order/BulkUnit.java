package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One unit of work of a {@link BulkIntake}. Made anew for each attempt, so that nothing of a failed one is left. */
final class BulkUnit {
    private final LineFulfilment lines;
    private final ForeignClaims claims;
    private final OrderLedger orders;
    private final Supplier<String> ids;
    private final CompleteWhen complete;
    private final Instant now;
    private final Map<String, ServiceOrder> known = new HashMap<>();
    private final List<ServiceOrder> fresh = new ArrayList<>();
    /** Devices on which something that was ordered before is open. */
    private final Set<MacAddress> busy = new HashSet<>();

    private boolean anyClaims;

    BulkUnit(
            LineFulfilment lines,
            ForeignClaims claims,
            OrderLedger orders,
            Supplier<String> ids,
            CompleteWhen complete,
            Instant now) {
        this.lines = lines;
        this.claims = claims;
        this.orders = orders;
        this.ids = ids;
        this.complete = complete;
        this.now = now;
    }

    List<BulkIntake.Outcome> take(List<NewOrder> batch, List<NewOrderReader.Checked> checked) {
        List<String> externalIds = batch.stream()
                .map(NewOrder::externalId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!externalIds.isEmpty()) {
            orders.findByExternalIds(externalIds).forEach(this::know);
        }
        anyClaims = claims.areThere();
        List<MacAddress> devices = checked.stream()
                .flatMap(one -> one.items().stream())
                .flatMap(OrderItem::devices)
                .distinct()
                .toList();
        if (!devices.isEmpty()) {
            busy.addAll(orders.openAmong(devices, now));
        }
        List<BulkIntake.Outcome> outcomes = new ArrayList<>();
        for (int index = 0; index < batch.size(); index++) {
            NewOrder order = batch.get(index);
            List<OrderItem> items = checked.get(index).items();
            outcomes.add(BulkIntake.refusal(checked.get(index).problems()).orElseGet(() -> take(order, items)));
        }
        if (!fresh.isEmpty()) {
            orders.addAll(fresh);
        }
        return outcomes;
    }

    private BulkIntake.Outcome take(NewOrder order, List<OrderItem> items) {
        if (items.size() != 1 || order.requestedStart() != null) {
            throw new IllegalArgumentException("a bulk intake takes orders of one item, to be carried out at once");
        }
        ServiceOrder earlier = order.externalId() == null ? null : known.get(order.externalId());
        if (earlier != null) {
            return earlier.sameContentAs(items, order.details(), null)
                    ? BulkIntake.Outcome.remark("repeat of an earlier order", earlier)
                    : BulkIntake.Outcome.failed("externalId '" + order.externalId() + "' is that of another order");
        }
        return BulkIntake.refusal(anyClaims ? claims.problems(items) : List.of())
                .orElseGet(() -> carryOut(order, items.get(0)));
    }

    private BulkIntake.Outcome carryOut(NewOrder order, OrderItem item) {
        if (item.devices().anyMatch(busy::contains)) {
            ServiceOrder behind = ServiceOrder.taken(ids.get(), order, List.of(item.pending()), now);
            fresh.add(behind);
            know(behind);
            return BulkIntake.Outcome.remark("waits for an earlier order of the same device", behind);
        }
        OrderItem.Outcome outcome = lines.carryOut(item.line());
        boolean isGone =
                item.line().action() == OrderAction.DELETE && outcome.refusal() == null && outcome.revision() == null;
        if (isGone) {
            overtake(order, item);
        }
        if (outcome.refusal() != null) {
            return BulkIntake.Outcome.failed(outcome.refusal());
        }
        if (!outcome.changed() && order.externalId() == null) {
            return BulkIntake.Outcome.remark("nothing to change", null);
        }
        ServiceOrder done = ServiceOrder.taken(ids.get(), order, List.of(item), now)
                .withItem(item.carriedOut(outcome, complete, now), now);
        fresh.add(done);
        know(done);
        return outcome.changed() ? BulkIntake.Outcome.done(done) : BulkIntake.Outcome.remark("nothing to change", done);
    }

    /** What was ordered of a line that its device was never given, in this unit and before. */
    private void overtake(NewOrder order, OrderItem item) {
        Predicate<OrderItem> neverHeld = lines.neverHeld(item.line());
        ServiceOrder by = ServiceOrder.taken("", order, List.of(item), now);
        new Overtaking(orders).gone(by, item.line(), neverHeld, now);
        fresh.replaceAll(one -> Overtaking.within(one, item.line(), neverHeld, now));
    }

    private void know(ServiceOrder order) {
        if (order.externalId() != null) {
            known.put(order.externalId(), order);
        }
    }
}
