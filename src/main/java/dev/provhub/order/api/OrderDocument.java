package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderState;
import dev.provhub.order.ServiceOrder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a ServiceOrder (TMF641 v4.1): what the orderer sent, without secrets, and what the hub says of it. */
final class OrderDocument {
    private static final String COLLECTION = "/tmf-api/serviceOrdering/v4/serviceOrder";

    private final String collection;
    private final Supplier<OrderMapping> mapping;

    /** @param apiBase base URL of the administration interface */
    OrderDocument(URI apiBase, Supplier<OrderMapping> mapping) {
        this.collection = apiBase.toString().replaceAll("/+$", "") + COLLECTION;
        this.mapping = mapping;
    }

    /** Absolute URL of all orders. */
    String collection() {
        return collection;
    }

    /** Absolute URL of one order. */
    String href(ServiceOrder order) {
        return collection + "/" + order.id();
    }

    ObjectNode write(ServiceOrder order) {
        ObjectNode root = OrderJson.kept(order.details());
        // What was kept before a name counted as a secret
        SecretMembers.mask(root, mapping.get());
        root.put("id", order.id());
        root.put("href", href(order));
        if (order.externalId() != null) {
            root.put("externalId", order.externalId());
        }
        root.put("state", order.state().wireName());
        time(root, "orderDate", order.orderDate());
        time(root, "startDate", order.started());
        time(root, "completionDate", order.completed());
        if (order.state() == OrderState.CANCELLED) {
            time(root, "cancellationDate", order.completed());
        }
        if (!root.has("@type")) {
            root.put("@type", "ServiceOrder");
        }
        writeItems(root, order.items());
        new OrderProgress(root, order, href(order)).write();
        return root;
    }

    /** As {@link #write}, with only some of the attributes; {@code id} and {@code href} always. Empty for all. */
    ObjectNode write(ServiceOrder order, Set<String> fields) {
        return OrderJson.only(write(order), fields);
    }

    private void writeItems(ObjectNode root, List<OrderItem> items) {
        ArrayNode array =
                root.path("serviceOrderItem") instanceof ArrayNode kept ? kept : root.putArray("serviceOrderItem");
        for (int index = 0; index < items.size(); index++) {
            OrderItem item = items.get(index);
            JsonNode kept = array.path(index);
            ObjectNode node = kept instanceof ObjectNode object ? object : made(array.addObject(), item);
            node.put("state", item.state().wireName());
            if (item.reason() != null) {
                OrderProgress.Wrong wrong = OrderProgress.Wrong.of(item);
                node.putArray("errorMessage")
                        .addObject()
                        .put("code", wrong.code())
                        .put("reason", wrong.reason())
                        .put("message", item.reason())
                        .put("@type", "ServiceOrderItemErrorMessage");
            }
        }
    }

    /** An item that came by another way than this interface. */
    private ObjectNode made(ObjectNode node, OrderItem item) {
        node.put("id", item.id()).put("action", item.line().action().wireName()).put("@type", "ServiceOrderItem");
        ObjectNode service = node.putObject("service").put("@type", "Service");
        ArrayNode characteristics = service.putArray("serviceCharacteristic");
        OrderMapping names = mapping.get();
        item.line().shown().forEach((field, value) -> {
            ObjectNode characteristic = characteristics.addObject().put("name", names.nameOf(field));
            if (field == OrderField.LINE_NUMBER) {
                characteristic.put("valueType", "integer").put("value", Integer.parseInt(value));
            } else {
                characteristic.put("valueType", "string").put("value", value);
            }
        });
        return node;
    }

    private static void time(ObjectNode root, String name, @Nullable Instant time) {
        if (time != null) {
            root.put(name, time.toString());
        }
    }
}
