package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.CancelTask;
import dev.provhub.order.LineOrder;
import dev.provhub.order.OrderEvents;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.ServiceOrder;
import dev.provhub.order.event.EventOutbox;
import dev.provhub.order.event.EventQuery;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.order.event.OrderEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the standard's events of orders (TMF641 v4.1) into the outbox, for those who want them. Thread-safe. */
public final class OrderEventWriter implements OrderEvents {
    private static final String DOMAIN = "serviceOrdering";
    /** What other events tell of. */
    private static final Set<String> TOLD_OTHERWISE = Set.of(
            "state", "startDate", "completionDate", "cancellationDate", "milestone", "jeopardyAlert", "errorMessage");

    private final EventOutbox outbox;
    private final OrderDocument orders;
    private final CancelDocument cancels;
    private final Clock clock;

    /** @param apiBase base URL of the administration interface, which links begin with */
    public OrderEventWriter(EventOutbox outbox, URI apiBase, Supplier<OrderMapping> mapping, Clock clock) {
        this.outbox = outbox;
        this.orders = new OrderDocument(apiBase, mapping);
        this.cancels = new CancelDocument(apiBase, mapping);
        this.clock = clock;
    }

    /**
     * What is to be told.
     *
     * @param fieldPath where it is about one attribute; else null
     * @param part      of the order that is told; null for the whole
     */
    record Told(
            String type,
            String title,
            @Nullable String fieldPath,
            @Nullable PartialOrder part) {
        Told(String type, String title, @Nullable String fieldPath) {
            this(type, title, fieldPath, null);
        }
    }

    @Override
    public void changed(@Nullable ServiceOrder before, ServiceOrder after) {
        List<EventSubscription> listening = outbox.subscriptions();
        if (!listening.isEmpty()) {
            outbox.add(events(listening, before, after, true));
        }
    }

    @Override
    public void takenAndCarriedOut(ServiceOrder taken, ServiceOrder after) {
        List<EventSubscription> listening = outbox.subscriptions();
        if (!listening.isEmpty()) {
            List<EventOutbox.Addressed> events = new ArrayList<>(events(listening, null, taken, false));
            events.addAll(events(listening, taken, after, false));
            outbox.add(events);
        }
    }

    private List<EventOutbox.Addressed> events(
            List<EventSubscription> listening, @Nullable ServiceOrder before, ServiceOrder after, boolean saysOther) {
        List<Told> told = new ArrayList<>();
        if (before == null) {
            told.add(new Told(OrderEvent.CREATE, "Service order taken", null));
        } else if (saysOther && maySayOther(before, after)) {
            attributes(before, orders.write(after)).ifPresent(told::add);
        }
        told.addAll(new ItemNews(before, after).told());
        if (before != null && before.state() != after.state()) {
            told.add(new Told(OrderEvent.STATE, "Service order " + after.state().wireName(), null));
        }
        boolean isWanted = told.stream().anyMatch(one -> listening.stream()
                .anyMatch(listener -> wants(listener, one, after.state().wireName())));
        if (!isWanted) {
            return List.of();
        }
        ObjectNode document = orders.write(after);
        return told.stream()
                .flatMap(one ->
                        event(listening, one, after.id(), after.state().wireName(), "serviceOrder", document).stream())
                .toList();
    }

    private static boolean wants(EventSubscription listener, Told told, String state) {
        return EventQuery.parse(listener.query()).wants(told.type(), state);
    }

    /** Most changes are of states, and need no look at what the orders say. */
    private static boolean maySayOther(ServiceOrder before, ServiceOrder after) {
        return !before.details().equals(after.details())
                || !Objects.equals(before.externalId(), after.externalId())
                || !Objects.equals(before.requestedStart(), after.requestedStart())
                || !lines(before).equals(lines(after));
    }

    private static List<LineOrder> lines(ServiceOrder order) {
        return order.items().stream().map(OrderItem::line).toList();
    }

    private Optional<Told> attributes(ServiceOrder before, ObjectNode after) {
        ObjectNode was = orders.write(before);
        Set<String> changed = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        was.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.removeAll(TOLD_OTHERWISE);
        names.stream()
                .filter(name -> differs(said(was.get(name)), said(after.get(name))))
                .forEach(changed::add);
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Told(OrderEvent.ATTRIBUTE, "Service order changed", String.join(",", changed)));
    }

    /** Of items without what other events tell of. */
    private static @Nullable JsonNode said(@Nullable JsonNode value) {
        if (value == null || !value.isArray()) {
            return value;
        }
        JsonNode copy = value.deepCopy();
        copy.forEach(item -> {
            if (item instanceof ObjectNode object) {
                object.remove(List.of("state", "errorMessage"));
            }
        });
        return copy;
    }

    private static boolean differs(@Nullable JsonNode was, @Nullable JsonNode is) {
        return was == null ? is != null : !was.equals(is);
    }

    @Override
    public void deleted(ServiceOrder order) {
        List<EventSubscription> listening = outbox.subscriptions();
        if (!listening.isEmpty()) {
            Told told = new Told(OrderEvent.DELETE, "Service order forgotten", null);
            tell(listening, told, order.id(), order.state().wireName(), "serviceOrder", orders.write(order));
        }
    }

    @Override
    public void cancelling(@Nullable CancelTask before, CancelTask after) {
        List<EventSubscription> listening = outbox.subscriptions();
        if (!listening.isEmpty()) {
            Told told = before == null
                    ? new Told(OrderEvent.CANCEL_CREATE, "Cancellation of a service order asked for", null)
                    : new Told(
                            OrderEvent.CANCEL_STATE,
                            "Cancellation of a service order " + after.state().wireName(),
                            null);
            tell(
                    listening,
                    told,
                    after.orderId(),
                    after.state().wireName(),
                    "cancelServiceOrder",
                    cancels.write(after));
        }
    }

    private void tell(
            List<EventSubscription> listening,
            Told told,
            String order,
            String state,
            String what,
            ObjectNode document) {
        event(listening, told, order, state, what, document).ifPresent(event -> outbox.add(List.of(event)));
    }

    /** Empty where nobody wants it. */
    private Optional<EventOutbox.Addressed> event(
            List<EventSubscription> listening,
            Told told,
            String order,
            String state,
            String what,
            ObjectNode document) {
        List<String> wanting = listening.stream()
                .filter(one -> wants(one, told, state))
                .map(EventSubscription::id)
                .toList();
        if (wanting.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String id = UUID.randomUUID().toString();
        ObjectNode event = document.objectNode()
                .put("eventId", id)
                .put("eventTime", now.toString())
                .put("timeOcurred", now.toString())
                .put("eventType", told.type())
                .put("correlationId", order)
                .put("domain", DOMAIN)
                .put("title", told.title());
        if (told.fieldPath() != null) {
            event.put("fieldPath", told.fieldPath());
        }
        event.putObject("event")
                .set(what, told.part() == null ? document : told.part().of(document));
        return Optional.of(new EventOutbox.Addressed(
                new OrderEvent(id, order, told.type(), now, OrderJson.canonical(event)), wanting));
    }
}
