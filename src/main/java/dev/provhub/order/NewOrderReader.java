package dev.provhub.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Checks a whole new order: its name, and each item by the mapping that is in force. */
final class NewOrderReader {
    private final Supplier<OrderMapping> mapping;
    private final ModelNames models;

    NewOrderReader(Supplier<OrderMapping> mapping, ModelNames models) {
        this.mapping = mapping;
        this.models = models;
    }

    /**
     * What a check found: items, or problems.
     *
     * @param items    acknowledged; to be used only when there is no problem
     * @param problems empty when the order is good
     */
    record Checked(List<OrderItem> items, List<OrderProblem> problems) {}

    Checked check(NewOrder order) {
        OrderMapping current = mapping.get();
        List<OrderItem> items = new ArrayList<>();
        List<OrderProblem> problems = new ArrayList<>();
        checkExternalId(order, current, problems);
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
            OrderMapping.Reading reading = current.read(item.action(), item.named(), models);
            if (reading instanceof OrderMapping.Reading.Good good) {
                items.add(OrderItem.acknowledged(item.id(), good.order()));
            } else if (reading instanceof OrderMapping.Reading.Bad bad) {
                bad.problems().forEach(problem -> problems.add(place.isEmpty() ? problem : problem.in(place)));
            }
        }
        return new Checked(items, problems);
    }

    private static void checkExternalId(NewOrder order, OrderMapping mapping, List<OrderProblem> problems) {
        String externalId = order.externalId();
        FieldRule rule = mapping.rule(OrderField.EXTERNAL_ID);
        if (externalId != null && rule.canonical(externalId).isEmpty()) {
            problems.add(new OrderProblem(mapping.nameOf(OrderField.EXTERNAL_ID), externalId, rule.allowed()));
        }
    }
}
