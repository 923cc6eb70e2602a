package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.Amendment;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderState;
import dev.provhub.order.ServiceOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of an order (RFC 7396): what it names takes the place of what was there, null takes it away, lists change as a
 * whole. Only what the standard lets change may be named, and what the standard does not know. In a list of items a masked
 * secret stands for the one that the item of this id has.
 */
final class OrderPatch {
    private static final String UPDATE = "ServiceOrder_Update";
    private static final String ITEMS = "serviceOrderItem";
    private static final List<String> TERMS = List.of("priority", "requestedStartDate", "requestedCompletionDate");

    private final ObjectNode patch;
    private final OrderMapping mapping;

    private OrderPatch(ObjectNode patch, OrderMapping mapping) {
        this.patch = patch;
        this.mapping = mapping;
    }

    /** @throws TmfRefusal when it names what may not change */
    static OrderPatch read(byte[] body, OrderMapping mapping) {
        ObjectNode patch = OrderJson.object(body);
        List<OrderProblem> problems = new ArrayList<>();
        patch.properties().forEach(property -> {
            String name = property.getKey();
            boolean isOfOrder = Shapes.isNamed("ServiceOrder_Create", name) || OURS.contains(name);
            if (isOfOrder && !Shapes.isNamed(UPDATE, name)) {
                problems.add(
                        new OrderProblem(name, Shapes.shown(property.getValue()), "to be left out: it cannot change"));
            }
        });
        if (patch.path("state").isNull() || patch.path(ITEMS).isNull()) {
            problems.add(new OrderProblem(
                    patch.path("state").isNull() ? "state" : ITEMS, "null", "to be left out, or a value"));
        }
        if (!problems.isEmpty()) {
            throw new TmfRefusal(TmfError.invalidFields(problems));
        }
        return new OrderPatch(patch, mapping);
    }

    private static final List<String> OURS = List.of(
            "id", "href", "orderDate", "startDate", "completionDate", "errorMessage", "milestone", "jeopardyAlert");

    /** What an order is to be by it. */
    Amendment of(ServiceOrder order) {
        ObjectNode root = OrderJson.kept(order.details());
        if (order.externalId() != null && !root.has("externalId")) {
            root.put("externalId", order.externalId());
        }
        if (order.requestedStart() != null && !root.has("requestedStartDate")) {
            root.put("requestedStartDate", order.requestedStart().toString());
        }
        ObjectNode wanted = patch.deepCopy();
        OrderState state = state(wanted.remove("state"));
        merge(root, wanted);
        boolean namesItems = wanted.has(ITEMS);
        JsonNode items = root.get(ITEMS);
        NewOrder read = namesItems ? NewOrderDocument.read(root, mapping) : readHead(root);
        if (!namesItems && items != null) {
            root.set(ITEMS, items);
        }
        SecretMembers.mask(root, mapping);
        if (TERMS.stream().anyMatch(patch::has)) {
            OrderTermsDocument.check(root);
        }
        return new Amendment(
                read.externalId(),
                read.requestedStart(),
                namesItems ? read.items() : null,
                OrderJson.canonical(root),
                state);
    }

    /** The items are as they were checked before. */
    private NewOrder readHead(ObjectNode root) {
        ObjectNode head = root.deepCopy();
        head.putArray(ITEMS)
                .addObject()
                .put("id", "1")
                .put("action", "noChange")
                .putObject("service");
        return NewOrderDocument.read(head, mapping);
    }

    private static @Nullable OrderState state(@Nullable JsonNode word) {
        if (word == null) {
            return null;
        }
        return OrderState.find(word.asText())
                .orElseThrow(() -> new TmfRefusal(TmfError.invalidFields(List.of(
                        new OrderProblem("state", Shapes.shown(word), "held, pending (to go on) or cancelled")))));
    }

    private static void merge(ObjectNode target, ObjectNode with) {
        with.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode object) {
                merge(target.path(name) instanceof ObjectNode there ? there : target.putObject(name), object);
            } else {
                target.set(name, value);
            }
        });
    }
}
