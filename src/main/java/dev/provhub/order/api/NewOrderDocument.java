package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.ModelNames;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ServiceOrder_Create (TMF641 v4.1). Required are {@code serviceOrderItem} and in each item {@code id},
 * {@code action} and {@code service}; of a characteristic {@code name} and {@code value}. Everything else is kept for the
 * answer as it was sent, secrets masked; what only the hub may set is dropped. Used once.
 */
final class NewOrderDocument {
    /** What the hub says, never the orderer. */
    private static final List<String> OURS = List.of(
            "id",
            "href",
            "state",
            "orderDate",
            "startDate",
            "completionDate",
            "cancellationDate",
            "errorMessage",
            "milestone",
            "jeopardyAlert");

    private static final String STATE = "state";
    private static final Set<String> SERVICE_STATES = Set.of("active", "inactive");

    private static final List<String> TEXTS = List.of(
            "externalId",
            "category",
            "description",
            "priority",
            "notificationContact",
            "@type",
            "@baseType",
            "@schemaLocation");
    private static final List<String> TIMES = List.of("requestedStartDate", "requestedCompletionDate");
    private static final String ITEMS = "serviceOrderItem";
    private static final Set<OrderField> GIVEN_AND_KEPT = EnumSet.of(OrderField.PLAN, OrderField.TENANT);

    /** A model that is not known holds an item, and refuses none. */
    private static final ModelNames ANY_MODEL = new ModelNames() {
        @Override
        public Optional<String> canonicalName(String anyName) {
            return Optional.of(anyName);
        }

        @Override
        public int lines(String model) {
            return Integer.MAX_VALUE;
        }

        @Override
        public Optional<String> notProvisionable(String model) {
            return Optional.empty();
        }
    };

    private final ObjectNode root;
    private final OrderMapping mapping;
    private final OrderProblems problems = new OrderProblems();
    private final List<Said> said = new ArrayList<>();

    /** An item as it was read. */
    private record Said(String place, Optional<OrderAction> action, Map<String, String> named) {}

    private NewOrderDocument(ObjectNode root, OrderMapping mapping) {
        this.root = root;
        this.mapping = mapping;
    }

    /** @throws TmfRefusal when it is not a service order */
    static NewOrder read(byte[] body, OrderMapping mapping) {
        ObjectNode root = OrderJson.object(body);
        NewOrder order = new NewOrderDocument(root, mapping).read(true);
        OrderTermsDocument.check(root);
        return order;
    }

    /**
     * Of an order that is to say something else.
     *
     * @param root the whole order as it is to be, without what only the hub may set
     * @throws TmfRefusal when it is not a service order
     */
    static NewOrder read(ObjectNode root, OrderMapping mapping) {
        return new NewOrderDocument(root, mapping).read(false);
    }

    /** @param isNew whether nothing is known of the order: then what its items say is looked at even when they are refused anyway */
    private NewOrder read(boolean isNew) {
        root.remove(OURS);
        problems.addAll(OrderTexts.problems(root));
        TEXTS.forEach(name -> optional(root, name)
                .filter(node -> !node.isTextual())
                .ifPresent(node -> problems.add(new OrderProblem(name, shown(node), "a text"))));
        TIMES.forEach(this::time);
        List<NewOrder.Item> items = items();
        problems.addUntold(Shapes.problems(root, "ServiceOrder_Create"));
        if (isNew && !problems.isEmpty()) {
            said.forEach(this::alsoWrong);
        }
        if (!problems.isEmpty()) {
            throw new TmfRefusal(TmfError.invalidFields(problems.all()));
        }
        SecretMembers.mask(root, mapping);
        String externalId =
                optional(root, "externalId").map(JsonNode::textValue).orElse(null);
        return new NewOrder(externalId, time("requestedStartDate"), items, OrderJson.canonical(root));
    }

    /** What else an orderer has to mend; an item whose action cannot be told is looked at as one that modifies. */
    private void alsoWrong(Said item) {
        if (mapping.read(item.action().orElse(OrderAction.MODIFY), item.named(), ANY_MODEL)
                instanceof OrderMapping.Reading.Bad bad) {
            problems.addUntold(bad.problems().stream()
                    .map(problem -> problem.in(item.place()))
                    .toList());
        }
    }

    private @Nullable Instant time(String name) {
        Optional<JsonNode> node = optional(root, name);
        try {
            return node.map(JsonNode::asText)
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant)
                    .orElse(null);
        } catch (DateTimeParseException e) {
            problems.add(
                    new OrderProblem(name, shown(node.orElseThrow()), "a date and time such as 2026-01-31T08:00:00Z"));
            return null;
        }
    }

    private List<NewOrder.Item> items() {
        JsonNode array = root.path(ITEMS);
        if (!array.isArray() || array.isEmpty()) {
            problems.add(OrderProblem.missing(ITEMS, "a list of at least one item"));
            return List.of();
        }
        List<NewOrder.Item> items = new ArrayList<>();
        for (int index = 0; index < array.size(); index++) {
            String place = ITEMS + "[" + index + "]";
            if (array.get(index) instanceof ObjectNode item) {
                item(item, place).ifPresent(items::add);
            } else {
                problems.add(new OrderProblem(place, shown(array.get(index)), "an object"));
            }
        }
        return items;
    }

    private Optional<NewOrder.Item> item(ObjectNode item, String place) {
        item.remove(List.of(STATE, "errorMessage"));
        item.path("serviceOrderItemRelationship").forEach(NewOrderDocument::named);
        if (!item.path(ITEMS).isMissingNode() && !item.path(ITEMS).isEmpty()) {
            problems.add(
                    new OrderProblem(place + "." + ITEMS, "(nested)", "items side by side, not inside one another"));
        }
        Optional<String> id = text(item, "id", place, "a text, unique within the order");
        Optional<OrderAction> action = action(item, place);
        Optional<JsonNode> service = optional(item, "service");
        if (service.isEmpty() || !service.get().isObject()) {
            problems.add(OrderProblem.missing(place + ".service", "an object with the service's characteristics"));
            return Optional.empty();
        }
        ObjectNode asked = (ObjectNode) service.get();
        Map<String, String> named = characteristics(asked, place + ".service");
        action.ifPresent(todo -> state(asked, todo, place + ".service", named));
        action.filter(OrderAction.MODIFY::equals).ifPresent(todo -> emptied(asked, place + ".service"));
        quantity(item, place);
        said.add(new Said(place, action, named));
        return id.flatMap(known -> action.map(todo -> new NewOrder.Item(known, todo, named)));
    }

    /** Each item is one line. */
    private void quantity(ObjectNode item, String place) {
        optional(item, "quantity")
                .filter(JsonNode::isIntegralNumber)
                .filter(number -> !number.bigIntegerValue().equals(BigInteger.ONE))
                .ifPresent(number -> problems.add(new OrderProblem(
                        place + ".quantity", number.asText(), "1; each further line is an item of its own")));
    }

    /** What is empty is not told, but somebody who empties a plan means to take it away, and would think that it were. */
    private void emptied(ObjectNode service, String place) {
        JsonNode array = service.path("serviceCharacteristic");
        for (int index = 0; array.isArray() && index < array.size(); index++) {
            JsonNode value = array.get(index).path("value");
            @Nullable
            OrderField field =
                    mapping.field(array.get(index).path("name").asText()).orElse(null);
            if (field != null
                    && GIVEN_AND_KEPT.contains(field)
                    && value.isTextual()
                    && value.textValue().isBlank()) {
                problems.add(new OrderProblem(
                        place + ".serviceCharacteristic[" + index + "].value",
                        "",
                        "a name; an order gives another " + mapping.nameOf(field)
                                + " and takes none away, PATCH /api/v1/devices/{mac} does"));
            }
        }
    }

    /** The standard wants an id in such a reference, and names only itemId. */
    private static void named(JsonNode relationship) {
        if (relationship.path("orderItem") instanceof ObjectNode reference
                && reference.path("itemId").isTextual()
                && !reference.has("id")) {
            reference.set("id", reference.get("itemId"));
        }
    }

    /** A service that is to be inactive is a line that is suspended. */
    private void state(ObjectNode service, OrderAction action, String place, Map<String, String> named) {
        Optional<String> state =
                optional(service, STATE).filter(JsonNode::isTextual).map(JsonNode::textValue);
        boolean matters = action == OrderAction.ADD || action == OrderAction.MODIFY;
        if (state.isEmpty() || !matters) {
            return;
        }
        String name = mapping.nameOf(OrderField.SERVICE_STATE);
        boolean isTaken =
                mapping.field(name).filter(OrderField.SERVICE_STATE::equals).isPresent();
        if (!SERVICE_STATES.contains(state.get()) || (!isTaken && state.get().equals("inactive"))) {
            problems.add(new OrderProblem(
                    place + "." + STATE, state.get(), isTaken ? "active, or inactive to suspend the line" : "active"));
        } else if (isTaken) {
            named.putIfAbsent(name, state.get());
        }
    }

    private Optional<OrderAction> action(ObjectNode item, String place) {
        String allowed = "add, modify, delete or noChange";
        Optional<String> word = text(item, "action", place, allowed);
        Optional<OrderAction> action = word.flatMap(OrderAction::find);
        if (word.isPresent() && action.isEmpty()) {
            problems.add(new OrderProblem(place + ".action", word.get(), allowed));
        }
        return action;
    }

    private Map<String, String> characteristics(ObjectNode service, String place) {
        Map<String, String> named = new LinkedHashMap<>();
        JsonNode array = service.path("serviceCharacteristic");
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            problems.add(new OrderProblem(place + ".serviceCharacteristic", shown(array), "a list"));
        }
        for (int index = 0; index < array.size() && array.isArray(); index++) {
            String at = place + ".serviceCharacteristic[" + index + "]";
            if (array.get(index) instanceof ObjectNode characteristic) {
                characteristic(characteristic, at, named);
            } else {
                problems.add(new OrderProblem(at, "(not an object)", "an object with name and value"));
            }
        }
        return named;
    }

    private void characteristic(ObjectNode characteristic, String place, Map<String, String> named) {
        Optional<String> name = text(characteristic, "name", place, "a text");
        if (!characteristic.has("value")) {
            problems.add(OrderProblem.missing(place + ".value", "a text, number or truth value"));
            return;
        }
        name.ifPresent(known -> value(characteristic, known, place).ifPresent(value -> {
            if (named.putIfAbsent(known, value) != null) {
                problems.add(new OrderProblem(place + ".name", known, "each name once"));
            }
        }));
    }

    /** Takes the value out; leaves a mask where it is a secret. The standard's Any may also be wrapped in an object. */
    private Optional<String> value(ObjectNode characteristic, String name, String place) {
        JsonNode sent = characteristic.get("value");
        JsonNode value = sent.isObject() && sent.has("value") ? sent.get("value") : sent;
        boolean used = mapping.field(name).isPresent();
        if (used && value.isContainerNode()) {
            problems.add(new OrderProblem(place + ".value", "(not a single value)", "a text, number or truth value"));
        }
        if (mapping.isSecret(name) && !value.isNull()) {
            characteristic.put("value", OrderProblem.MASK);
        }
        return value.isNull() || value.isContainerNode() ? Optional.empty() : Optional.of(value.asText());
    }

    private Optional<String> text(ObjectNode object, String name, String place, String allowed) {
        Optional<JsonNode> node = optional(object, name);
        if (node.isEmpty() || node.get().asText().isBlank()) {
            problems.add(OrderProblem.missing(place + "." + name, allowed));
            return Optional.empty();
        }
        if (!node.get().isTextual()) {
            problems.add(new OrderProblem(place + "." + name, shown(node.get()), allowed));
            return Optional.empty();
        }
        return node.map(JsonNode::textValue);
    }

    private static Optional<JsonNode> optional(ObjectNode object, String name) {
        JsonNode node = object.path(name);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static String shown(JsonNode node) {
        return Shapes.shown(node);
    }
}
