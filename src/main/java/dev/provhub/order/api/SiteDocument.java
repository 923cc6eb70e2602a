package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an order in a site's own JSON: what a name of the mapping means is a member of the item by that name, or what stands at its
 * path. A row of a table is such JSON with one item.
 */
final class SiteDocument {
    private final OrderMapping mapping;
    private final List<OrderProblem> problems = new ArrayList<>();

    private SiteDocument(OrderMapping mapping) {
        this.mapping = mapping;
    }

    /** @throws TmfRefusal saying what is wrong */
    static NewOrder read(ObjectNode message, OrderMapping mapping) {
        return new SiteDocument(mapping).read(message);
    }

    private NewOrder read(ObjectNode message) {
        List<JsonNode> elements = new ArrayList<>();
        mapping.items()
                .flatMap(path -> MessageTree.find(path, message, message))
                .ifPresentOrElse(
                        found -> {
                            if (found.isArray()) {
                                found.forEach(elements::add);
                            } else {
                                elements.add(found);
                            }
                        },
                        () -> elements.add(message));
        List<NewOrder.Item> items = new ArrayList<>();
        @Nullable String externalId = null;
        for (JsonNode element : elements) {
            Map<String, String> told = told(message, element);
            String id = take(OrderField.EXTERNAL_ID, told).orElse(null);
            externalId = externalId == null ? id : externalId;
            OrderAction action = action(take(OrderField.ACTION, told));
            items.add(new NewOrder.Item(Integer.toString(items.size() + 1), action, told));
        }
        if (!problems.isEmpty()) {
            throw new TmfRefusal(TmfError.invalidFields(problems));
        }
        return new NewOrder(externalId, null, items, "");
    }

    /** By the names of the mapping. A plain member of the item counts by its own name, unless a path has told its field already. */
    private Map<String, String> told(JsonNode message, JsonNode item) {
        Map<String, String> told = new LinkedHashMap<>();
        Set<OrderField> byPath = EnumSet.noneOf(OrderField.class);
        mapping.paths().forEach((name, path) -> MessageTree.find(path, message, item)
                .filter(found -> isSingle(name, found))
                .ifPresent(found -> {
                    told.put(name, found.asText());
                    mapping.field(name).ifPresent(byPath::add);
                }));
        item.properties().forEach(member -> {
            boolean isTold =
                    mapping.field(member.getKey()).filter(byPath::contains).isPresent();
            boolean isContainer = member.getValue().isContainerNode();
            if (!isTold
                    && !(isContainer && !mapping.knows(member.getKey()))
                    && isSingle(member.getKey(), member.getValue())) {
                told.put(member.getKey(), member.getValue().asText());
            }
        });
        return told;
    }

    private boolean isSingle(String name, JsonNode value) {
        if (value.isContainerNode()) {
            problems.add(new OrderProblem(name, "(not a single value)", "a text, number or truth value"));
        }
        return value.isValueNode() && !value.isNull();
    }

    private Optional<String> take(OrderField wanted, Map<String, String> told) {
        List<String> names = told.keySet().stream()
                .filter(name ->
                        mapping.field(name).filter(field -> field == wanted).isPresent())
                .toList();
        Optional<String> value =
                names.stream().map(told::get).filter(text -> !text.isBlank()).findFirst();
        names.forEach(told::remove);
        return value.flatMap(text -> {
            Optional<String> converted = mapping.converted(wanted, text.strip());
            if (converted.isEmpty()) {
                problems.add(new OrderProblem(names.get(0), text, "what the mapping can convert"));
            }
            return converted.filter(good -> !good.isBlank());
        });
    }

    private OrderAction action(Optional<String> word) {
        String told = word.or(() -> mapping.defaultOf(OrderField.ACTION)).orElse(OrderAction.ADD.wireName());
        Optional<OrderAction> action = OrderAction.find(told);
        if (action.isEmpty()) {
            problems.add(new OrderProblem(mapping.nameOf(OrderField.ACTION), told, "add, modify, delete or noChange"));
        }
        return action.orElse(OrderAction.NO_CHANGE);
    }
}
