package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one item by an {@link OrderMapping}: names to fields, defaults, rules of the fields, what the model allows. Used once. */
final class LineOrderReader {
    private static final String DEFAULT_LINE = "1";

    private final OrderMapping mapping;
    private final ModelNames models;
    private final List<OrderProblem> problems = new ArrayList<>();
    /** What the orderer called each field. */
    private final Map<OrderField, String> calledSo = new HashMap<>();

    LineOrderReader(OrderMapping mapping, ModelNames models) {
        this.mapping = mapping;
        this.models = models;
    }

    OrderMapping.Reading read(OrderAction action, Map<String, String> named) {
        Map<OrderField, String> told = fieldsOf(named);
        if (action == OrderAction.ADD) {
            addDefaults(told);
        } else {
            require(told, OrderField.MAC_ADDRESS);
        }
        Map<OrderField, String> values = new EnumMap<>(OrderField.class);
        told.forEach((field, value) -> canonical(field, value).ifPresent(good -> values.put(field, good)));
        values.putIfAbsent(OrderField.LINE_NUMBER, DEFAULT_LINE);
        checkModel(values);
        String mac = values.remove(OrderField.MAC_ADDRESS);
        String line = values.remove(OrderField.LINE_NUMBER);
        if (!problems.isEmpty() || mac == null || line == null) {
            return new OrderMapping.Reading.Bad(problems);
        }
        return new OrderMapping.Reading.Good(
                new LineOrder(action, new MacAddress(mac), Integer.parseInt(line), values));
    }

    private Map<OrderField, String> fieldsOf(Map<String, String> named) {
        Map<OrderField, String> told = new EnumMap<>(OrderField.class);
        named.forEach((name, value) -> {
            Optional<OrderField> field = mapping.field(name).filter(OrderField::ofLine);
            if (field.isEmpty()) {
                unknown(name);
            } else if (!value.isBlank() && told.putIfAbsent(field.get(), value.strip()) != null) {
                problems.add(new OrderProblem(name, "(twice)", "one value for " + mapping.nameOf(field.get())));
            } else {
                calledSo.put(field.get(), name);
            }
        });
        return told;
    }

    private void unknown(String name) {
        if (!mapping.unknownNamesAllowed() && mapping.field(name).isEmpty()) {
            problems.add(new OrderProblem("name", name, String.join(", ", mapping.names())));
        }
    }

    private void addDefaults(Map<OrderField, String> told) {
        mapping.uses().forEach((field, use) -> {
            use.defaultValue().filter(value -> field.ofLine()).ifPresent(value -> told.putIfAbsent(field, value));
            if (use.required() && field.ofLine()) {
                require(told, field);
            }
        });
    }

    private void require(Map<OrderField, String> told, OrderField field) {
        if (!told.containsKey(field)) {
            problems.add(OrderProblem.missing(name(field), mapping.rule(field).allowed()));
        }
    }

    private Optional<String> canonical(OrderField field, String value) {
        boolean isMask = field.secret() && value.equals(OrderProblem.MASK);
        Optional<String> good = isMask ? Optional.empty() : mapping.rule(field).canonical(value);
        if (good.isEmpty()) {
            String allowed = isMask
                    ? "the secret itself, not its mask"
                    : mapping.rule(field).allowed();
            problems.add(new OrderProblem(name(field), field.secret() ? OrderProblem.MASK : value, allowed));
        }
        return good;
    }

    private void checkModel(Map<OrderField, String> values) {
        String told = values.get(OrderField.DEVICE_MODEL);
        if (told == null) {
            return;
        }
        Optional<String> model = models.canonicalName(told);
        if (model.isEmpty()) {
            problems.add(new OrderProblem(
                    name(OrderField.DEVICE_MODEL), told, "model, product number or series of a model in models.yaml"));
            return;
        }
        models.notProvisionable(model.get())
                .ifPresentOrElse(
                        why -> problems.add(new OrderProblem(
                                name(OrderField.DEVICE_MODEL), told, "a model that can be provisioned; " + why)),
                        () -> checkLine(model.get(), values));
        values.put(OrderField.DEVICE_MODEL, model.get());
    }

    private void checkLine(String model, Map<OrderField, String> values) {
        int lines = models.lines(model);
        String line = values.getOrDefault(OrderField.LINE_NUMBER, DEFAULT_LINE);
        if (Integer.parseInt(line) > lines) {
            String allowed = lines == 0 ? "none, " + model + " has no lines" : "1 to " + lines + " for " + model;
            problems.add(new OrderProblem(name(OrderField.LINE_NUMBER), line, allowed));
        }
    }

    private String name(OrderField field) {
        return calledSo.getOrDefault(field, mapping.nameOf(field));
    }
}
