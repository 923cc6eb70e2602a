package dev.provhub.order;

import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes orders that were taken, also while they are carried out. What nothing was done of may become anything; an item that
 * its device has not applied yet may ask for something else of the same line; what is done stays. Thread-safe.
 */
public final class OrderAmendments {
    private static final Set<OrderState> BY_ORDERER = Set.of(OrderState.HELD, OrderState.PENDING, OrderState.CANCELLED);

    private final NewOrderReader reader;
    private final ForeignClaims claims;
    private final UnitOfWork work;
    private final OrderRepository orders;
    private final OrderCancellation cancellation;
    private final Clock clock;

    /** Wires the parts. */
    public OrderAmendments(
            Supplier<OrderMapping> mapping,
            ModelNames models,
            dev.provhub.device.DeviceClaims claims,
            UnitOfWork work,
            OrderRepository orders,
            OrderCancellation cancellation,
            Clock clock) {
        this(
                new NewOrderReader(mapping, models),
                new ForeignClaims(claims, mapping),
                work,
                orders,
                cancellation,
                clock);
    }

    private OrderAmendments(
            NewOrderReader reader,
            ForeignClaims claims,
            UnitOfWork work,
            OrderRepository orders,
            OrderCancellation cancellation,
            Clock clock) {
        this.reader = reader;
        this.claims = claims;
        this.work = work;
        this.orders = orders;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /**
     * The same, with another limit.
     *
     * @param items how many an order may have, from 1
     */
    public OrderAmendments ofAtMost(int items) {
        return new OrderAmendments(reader.ofAtMost(items), claims, work, orders, cancellation, clock);
    }

    /**
     * Changes an order. What is then to be carried out is {@link Fulfilment}'s.
     *
     * @param amendment made from the order as it stands, perhaps more than once
     * @param alongside runs in the transaction that keeps the change
     * @return the order as it then is; empty when there is none of this id
     * @throws OrderConflict when it is too late for that
     * @throws OrderRefused  when something in it is not allowed
     */
    public Optional<ServiceOrder> amend(String id, Function<ServiceOrder, Amendment> amendment, Runnable alongside) {
        Optional<ServiceOrder> amended = work.run(() -> {
            Optional<ServiceOrder> after = orders.change(id, order -> amended(order, amendment.apply(order)));
            if (after.isPresent()) {
                alongside.run();
            }
            return after;
        });
        amended.ifPresent(cancellation::finished);
        return amended;
    }

    private ServiceOrder amended(ServiceOrder order, Amendment wanted) {
        Instant now = clock.instant();
        boolean changesStart = !Objects.equals(order.requestedStart(), wanted.requestedStart());
        boolean changesName = !Objects.equals(order.externalId(), wanted.externalId());
        OrderState state = wanted.state() == order.state() ? null : wanted.state();
        boolean touches = changesStart || changesName || wanted.items() != null || state != null;
        if (order.state().isFinal() && touches) {
            throw new OrderConflict(
                    "the order is " + order.state().wireName() + ": only what is said about it may change");
        }
        if (changesStart && order.started() != null) {
            throw new OrderConflict("the order has begun: requestedStartDate cannot change any more");
        }
        if (changesName) {
            checkName(order, wanted.externalId());
        }
        ServiceOrder after = order.with(wanted.externalId(), wanted.requestedStart(), wanted.details());
        List<NewOrder.Item> items = wanted.items();
        if (items != null) {
            after = after.withItems(items(order, items, wanted), now);
        }
        return state == null ? after : inState(after, state, now);
    }

    private void checkName(ServiceOrder order, @Nullable String externalId) {
        if (externalId != null
                && orders.findByExternalId(externalId)
                        .filter(other -> !other.id().equals(order.id()))
                        .isPresent()) {
            throw OrderConflict.ofName(externalId);
        }
    }

    private List<OrderItem> items(ServiceOrder order, List<NewOrder.Item> wanted, Amendment amendment) {
        NewOrderReader.Checked checked = reader.checkHolding(
                new NewOrder(amendment.externalId(), null, wanted, amendment.details()),
                id -> order.item(id).map(OrderItem::line));
        List<OrderProblem> problems =
                checked.problems().isEmpty() ? claims.problems(checked.items()) : checked.problems();
        if (!problems.isEmpty()) {
            throw new OrderRefused(problems);
        }
        Set<String> kept = new HashSet<>();
        List<OrderItem> items = new ArrayList<>();
        for (OrderItem said : checked.items()) {
            kept.add(said.id());
            items.add(order.item(said.id()).map(is -> item(is, said)).orElse(said));
        }
        order.items().stream()
                .filter(item -> !kept.contains(item.id()))
                .filter(item -> !item.isOpen() || item.undo() != null)
                .findFirst()
                .ifPresent(item -> {
                    throw new OrderConflict(
                            "item '" + item.id() + "' is " + item.state().wireName()
                                    + ": it cannot be taken out of the order, only cancelled with it");
                });
        return items;
    }

    private static OrderItem item(OrderItem is, OrderItem said) {
        if (is.line().equals(said.line())) {
            return is;
        }
        boolean sameLine = is.line().mac().equals(said.line().mac())
                && is.line().lineNumber() == said.line().lineNumber()
                && is.line().action() == said.line().action()
                && is.line().swappedOut().isEmpty()
                && said.line().swappedOut().isEmpty();
        boolean nothingDone = is.isOpen() && is.undo() == null;
        boolean inFlight = (is.state() == OrderState.IN_PROGRESS || is.isOpen()) && sameLine;
        if (!nothingDone && !inFlight) {
            throw new OrderConflict("item '" + is.id() + "' is " + is.state().wireName()
                    + (is.state().isFinal()
                            ? ": it cannot change any more"
                            : ": only what it says of the same line may change"));
        }
        return is.amended(said.line(), said.reason());
    }

    private ServiceOrder inState(ServiceOrder order, OrderState state, Instant now) {
        if (!BY_ORDERER.contains(state)) {
            throw new OrderRefused(List.of(new OrderProblem(
                    "state",
                    state.wireName(),
                    "held, pending (to go on) or cancelled; every other state is the hub's to say")));
        }
        ServiceOrder after =
                switch (state) {
                    case HELD -> order.change(OrderItem::isToBeCarriedOut, OrderItem::held, now);
                    case PENDING ->
                        order.change(
                                item -> item.state() == OrderState.HELD && !item.wantsInformation(),
                                OrderItem::pending,
                                now);
                    default -> cancellation.cancelled(order, now);
                };
        if (after.equals(order)) {
            throw new OrderConflict(
                    "an order that is " + order.state().wireName() + " cannot become " + state.wireName());
        }
        return after;
    }
}
