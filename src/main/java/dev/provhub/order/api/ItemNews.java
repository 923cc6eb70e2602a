package dev.provhub.order.api;

import dev.provhub.order.OrderItem;
import dev.provhub.order.ServiceOrder;
import dev.provhub.order.event.OrderEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of the items of an order in one change of it. Items of which the same is to be told share one event, which has the order
 * with these items alone.
 */
final class ItemNews {
    private static final int NAMED = 10;

    private final Map<String, OrderItem> before = new HashMap<>();
    private final ServiceOrder after;
    /** Items by what is to be told of them. */
    private final Map<String, Set<String>> milestones = new LinkedHashMap<>();

    private final Map<String, Set<String>> late = new LinkedHashMap<>();
    private final List<String> wanted = new ArrayList<>();
    private final List<String> wantedIn = new ArrayList<>();

    /** @param was null for an order that is new */
    ItemNews(@Nullable ServiceOrder was, ServiceOrder after) {
        this.after = after;
        if (was != null) {
            was.items().forEach(item -> before.put(item.id(), item));
        }
    }

    /** In the order in which it happens to an item. */
    List<OrderEventWriter.Told> told() {
        for (int index = 0; index < after.items().size(); index++) {
            OrderItem item = after.items().get(index);
            if (!item.equals(before.get(item.id()))) {
                look(before.get(item.id()), item, index);
            }
        }
        List<OrderEventWriter.Told> told = new ArrayList<>();
        if (!wanted.isEmpty()) {
            told.add(new OrderEventWriter.Told(
                    OrderEvent.INFORMATION,
                    "Information required: " + wanted.get(0)
                            + (wanted.size() > 1 ? "; and for " + (wanted.size() - 1) + " more items" : ""),
                    String.join(",", wantedIn),
                    null));
        }
        for (String name : List.of(OrderProgress.CONFIGURED, OrderProgress.FETCHED, OrderProgress.APPLIED)) {
            Set<String> items = milestones.getOrDefault(name, Set.of());
            if (!items.isEmpty()) {
                told.add(new OrderEventWriter.Told(
                        OrderEvent.MILESTONE,
                        named(items) + " " + name,
                        "milestone",
                        new PartialOrder("milestone", name, items)));
            }
        }
        late.forEach((name, items) -> told.add(new OrderEventWriter.Told(
                OrderEvent.JEOPARDY,
                named(items) + " in jeopardy: " + name,
                "jeopardyAlert",
                new PartialOrder("jeopardyAlert", name, items))));
        return told;
    }

    private static String named(Set<String> items) {
        String first = items.stream().limit(NAMED).collect(Collectors.joining(", "));
        String more = items.size() > NAMED ? " and " + (items.size() - NAMED) + " more" : "";
        return (items.size() == 1 ? "Item " : "Items ") + first + more;
    }

    private void look(@Nullable OrderItem before, OrderItem after, int index) {
        if (after.wantsInformation() && (before == null || !before.wantsInformation())) {
            wanted.add(String.valueOf(after.reason()));
            wantedIn.add("serviceOrderItem[" + index + "].service.serviceCharacteristic");
        }
        OrderItem.Progress was = before == null ? OrderItem.Progress.NONE : before.progress();
        OrderItem.Progress is = after.progress();
        milestone(was, is, OrderItem.Progress::configured, after, OrderProgress.CONFIGURED);
        milestone(was, is, OrderItem.Progress::fetched, after, OrderProgress.FETCHED);
        milestone(was, is, OrderItem.Progress::applied, after, OrderProgress.APPLIED);
        if (is.jeopardy() != null && was.jeopardy() == null) {
            add(late, OrderProgress.lateness(is, is.jeopardy()), after);
        }
    }

    private void milestone(
            OrderItem.Progress was,
            OrderItem.Progress is,
            Function<OrderItem.Progress, @Nullable Instant> time,
            OrderItem item,
            String name) {
        if (time.apply(is) != null && !time.apply(is).equals(time.apply(was))) {
            add(milestones, name, item);
        }
    }

    private static void add(Map<String, Set<String>> told, String what, OrderItem item) {
        told.computeIfAbsent(what, any -> new LinkedHashSet<>()).add(item.id());
    }
}
