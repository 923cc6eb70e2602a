package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What an event that is about some items says of an order: all but the lists, of these the items and what is new of them. An order of many
 * devices would else be told whole for each of them.
 *
 * @param what  {@code milestone} or {@code jeopardyAlert}
 * @param name  of the milestone or the alert
 * @param items ids of the items
 */
record PartialOrder(String what, String name, Set<String> items) {
    private static final String ITEMS = "serviceOrderItem";
    private static final List<String> LISTS = List.of("milestone", "jeopardyAlert", "errorMessage");

    PartialOrder {
        items = Set.copyOf(items);
    }

    /** The part of a whole order. */
    ObjectNode of(ObjectNode order) {
        ObjectNode part = order.objectNode();
        order.properties().forEach(member -> {
            String attribute = member.getKey();
            JsonNode value = member.getValue();
            if (attribute.equals(ITEMS)) {
                ArrayNode some = part.putArray(ITEMS);
                value.forEach(item -> addIf(items.contains(item.path("id").asText()), item, some));
            } else if (attribute.equals(what)) {
                ArrayNode some = part.putArray(what);
                value.forEach(one ->
                        addIf(isOfItem(one) && name.equals(one.path("name").asText()), one, some));
            } else if (!LISTS.contains(attribute)) {
                part.set(attribute, value);
            }
        });
        return part;
    }

    private boolean isOfItem(JsonNode one) {
        return items.contains(one.path(ITEMS).path(0).path("itemId").asText());
    }

    private static void addIf(boolean isMeant, JsonNode one, ArrayNode some) {
        if (isMeant) {
            some.add(one);
        }
    }
}
