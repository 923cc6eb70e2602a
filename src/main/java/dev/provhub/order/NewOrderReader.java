package dev.provhub.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks a whole new order: its name, and each item by the mapping that is in force. */
final class NewOrderReader {
    /** Where nothing else is said. */
    static final int MOST_ITEMS = 500;

    private final Supplier<OrderMapping> mapping;
    private final ModelNames models;
    private final AnyModel anyModel;
    private final int mostItems;

    NewOrderReader(Supplier<OrderMapping> mapping, ModelNames models) {
        this(mapping, models, MOST_ITEMS);
    }

    /** @param mostItems how many items an order may have, from 1 */
    NewOrderReader(Supplier<OrderMapping> mapping, ModelNames models, int mostItems) {
        this.mapping = mapping;
        this.models = models;
        this.anyModel = new AnyModel(models);
        this.mostItems = mostItems;
    }

    NewOrderReader ofAtMost(int items) {
        return new NewOrderReader(mapping, models, items);
    }

    /**
     * What a check found: items, or problems.
     *
     * @param items    acknowledged, or held for want of information; to be used only when there is no problem
     * @param problems empty when the order is good
     */
    record Checked(List<OrderItem> items, List<OrderProblem> problems) {}

    /** An unknown model is a problem. */
    Checked check(NewOrder order) {
        return check(order, models);
    }

    /** An item for an unknown model is held. */
    Checked checkHolding(NewOrder order) {
        return check(order, anyModel);
    }

    /**
     * As the other one, of an order that says something already.
     *
     * @param was what its items say, by their ids
     */
    Checked checkHolding(NewOrder order, Function<String, Optional<LineOrder>> was) {
        return check(order, anyModel, was);
    }

    private Checked check(NewOrder order, ModelNames by) {
        return check(order, by, item -> Optional.empty());
    }

    private Checked check(NewOrder order, ModelNames by, Function<String, Optional<LineOrder>> was) {
        OrderMapping current = mapping.get();
        List<OrderItem> items = new ArrayList<>();
        List<OrderProblem> problems = new ArrayList<>();
        checkExternalId(order, current, problems);
        if (order.items().size() > mostItems) {
            problems.add(new OrderProblem(
                    "serviceOrderItem",
                    order.items().size() + " items",
                    "at most " + mostItems + " in one order (hub.orders.max-items); send the rest in further orders"));
            return new Checked(items, problems);
        }
        if (order.items().isEmpty()) {
            problems.add(OrderProblem.missing("serviceOrderItem", "at least one item"));
        }
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < order.items().size(); index++) {
            NewOrder.Item item = order.items().get(index);
            String place = order.items().size() > 1 ? "serviceOrderItem[" + index + "]" : "";
            if (!ids.add(item.id())) {
                problems.add(new OrderProblem(place + ".id", item.id(), "an id that no other item of the order has"));
            }
            OrderMapping.Reading reading = current.read(
                    item.action(), item.named(), by, was.apply(item.id()).orElse(null));
            if (reading instanceof OrderMapping.Reading.Good good) {
                checkSwap(good.order(), current)
                        .ifPresentOrElse(
                                problem -> problems.add(place.isEmpty() ? problem : problem.in(place)),
                                () -> items.add(item(item.id(), good.order(), current)));
            } else if (reading instanceof OrderMapping.Reading.Bad bad) {
                bad.problems().forEach(problem -> problems.add(place.isEmpty() ? problem : problem.in(place)));
            }
        }
        return new Checked(items, problems);
    }

    private OrderItem item(String id, LineOrder line, OrderMapping current) {
        return anyModel.wanted(line, current)
                .map(information -> OrderItem.wanting(id, line, information))
                .orElseGet(() -> OrderItem.acknowledged(id, line));
    }

    private static Optional<OrderProblem> checkSwap(LineOrder line, OrderMapping current) {
        boolean isAllowed = line.swappedOut().isEmpty()
                || (line.action() == OrderAction.MODIFY
                        && !line.swappedOut().get().equals(line.mac()));
        return isAllowed
                ? Optional.empty()
                : Optional.of(new OrderProblem(
                        current.nameOf(OrderField.PREVIOUS_MAC_ADDRESS),
                        line.swappedOut().get().hex(),
                        "another device, in an item that modifies"));
    }

    private static void checkExternalId(NewOrder order, OrderMapping mapping, List<OrderProblem> problems) {
        String externalId = order.externalId();
        FieldRule rule = mapping.rule(OrderField.EXTERNAL_ID);
        if (externalId != null && rule.canonical(externalId).isEmpty()) {
            problems.add(new OrderProblem(mapping.nameOf(OrderField.EXTERNAL_ID), externalId, rule.allowed()));
        }
    }
}
