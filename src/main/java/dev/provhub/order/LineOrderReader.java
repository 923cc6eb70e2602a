package dev.provhub.order;

import dev.provhub.device.MacAddress;
import dev.provhub.device.TimeZones;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one item by an {@link OrderMapping}: names to fields, defaults, rules of the fields, what the model allows. Used once. */
final class LineOrderReader {
    private static final String DEFAULT_LINE = "1";
    private static final String NO_MASK = "the secret itself, not its mask";

    private final OrderMapping mapping;
    private final ModelNames models;
    private final @Nullable LineOrder was;
    private final List<OrderProblem> problems = new ArrayList<>();
    /** What the orderer called each field. */
    private final Map<OrderField, String> calledSo = new HashMap<>();

    private boolean isModelUsual;

    /** @param was what the item says so far; null for nothing */
    LineOrderReader(OrderMapping mapping, ModelNames models, @Nullable LineOrder was) {
        this.mapping = mapping;
        this.models = models;
        this.was = was;
    }

    OrderMapping.Reading read(OrderAction action, Map<String, String> named) {
        Map<OrderField, String> told = fieldsOf(named);
        if (action == OrderAction.ADD) {
            isModelUsual = !told.containsKey(OrderField.DEVICE_MODEL);
            addDefaults(told);
        } else {
            require(told, OrderField.MAC_ADDRESS);
        }
        Map<OrderField, String> values = new EnumMap<>(OrderField.class);
        told.forEach((field, value) -> canonical(field, value).ifPresent(good -> values.put(field, good)));
        boolean isLineAssumed = values.putIfAbsent(OrderField.LINE_NUMBER, DEFAULT_LINE) == null;
        settings(action, named, values);
        checkModel(values);
        markUsual(values);
        String mac = values.remove(OrderField.MAC_ADDRESS);
        String line = values.remove(OrderField.LINE_NUMBER);
        if (!problems.isEmpty() || mac == null || line == null) {
            return new OrderMapping.Reading.Bad(problems);
        }
        if (action == OrderAction.DELETE && isLineAssumed) {
            values.put(OrderField.LINE_NUMBER, "");
        }
        if (action == OrderAction.ADD) {
            generate(new MacAddress(mac), Integer.parseInt(line), values);
        }
        return new OrderMapping.Reading.Good(
                new LineOrder(action, new MacAddress(mac), Integer.parseInt(line), values));
    }

    /** A default says what a device is of which nothing is known, not what one that is known becomes. */
    private void markUsual(Map<OrderField, String> values) {
        String model = isModelUsual ? values.remove(OrderField.DEVICE_MODEL) : null;
        if (model != null) {
            values.put(OrderField.USUAL_MODEL, model);
        }
    }

    private Map<OrderField, String> fieldsOf(Map<String, String> named) {
        Map<OrderField, String> told = new EnumMap<>(OrderField.class);
        named.forEach((name, value) -> {
            Optional<OrderField> field = mapping.field(name).filter(OrderField::ofLine);
            if (field.isEmpty()) {
                unknown(name);
            } else if (!value.isBlank() && told.containsKey(field.get())) {
                problems.add(new OrderProblem(name, "(twice)", "one value for " + mapping.nameOf(field.get())));
            } else {
                calledSo.put(field.get(), name);
                take(field.get(), value.strip(), told);
            }
        });
        return told;
    }

    /** What a conversion makes blank is not told. */
    private void take(OrderField field, String value, Map<OrderField, String> told) {
        if (value.isEmpty() || isMask(name(field), value)) {
            putIfTold(told, field, value);
            return;
        }
        FieldUse use = mapping.uses().get(field);
        List<Conversion> conversions = use == null ? List.of() : use.conversions();
        String now = value;
        for (Conversion conversion : conversions) {
            Optional<String> next = conversion.of(now);
            if (next.isEmpty()) {
                problems.add(new OrderProblem(name(field), shown(field, value), conversion.allowed()));
                return;
            }
            now = next.get().strip();
            if (now.isEmpty()) {
                return;
            }
        }
        putIfTold(told, field, now);
    }

    private static void putIfTold(Map<OrderField, String> told, OrderField field, String value) {
        if (!value.isEmpty()) {
            told.put(field, value);
        }
    }

    private void unknown(String name) {
        if (!mapping.unknownNamesAllowed() && !mapping.knows(name)) {
            problems.add(new OrderProblem("name", name, String.join(", ", mapping.names())));
        }
    }

    private void addDefaults(Map<OrderField, String> told) {
        Map<OrderField, String> said = new EnumMap<>(told);
        mapping.uses().forEach((field, use) -> {
            use.defaultValue()
                    .filter(value -> field.ofLine() && !told.containsKey(field) && !isRefused(field))
                    .ifPresent(value -> OrderMapping.filledIn(value, said).ifPresent(filled -> {
                        if (filled.equals(value)) {
                            told.put(field, value);
                        } else {
                            take(field, filled.strip(), told);
                        }
                    }));
            if (use.required() && !use.generated() && field.ofLine() && !isRefused(field)) {
                require(told, field);
            }
        });
    }

    /** Whether what was told of it is a problem already. */
    private boolean isRefused(OrderField field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(name(field)));
    }

    private void settings(OrderAction action, Map<String, String> named, Map<OrderField, String> values) {
        if (mapping.settings().isEmpty()) {
            return;
        }
        Map<String, String> byKey = new HashMap<>();
        named.forEach((name, value) -> byKey.put(OrderMapping.key(name), value));
        int line = Integer.parseInt(values.getOrDefault(OrderField.LINE_NUMBER, DEFAULT_LINE));
        Map<String, String> told = new TreeMap<>();
        for (SettingUse use : mapping.settings()) {
            Optional<String> name = use.names().stream()
                    .filter(known ->
                            !byKey.getOrDefault(OrderMapping.key(known), "").isBlank())
                    .findFirst();
            Optional<String> value = name.map(
                    known -> byKey.getOrDefault(OrderMapping.key(known), "").strip());
            boolean isPlainDefault = false;
            if (value.isEmpty() && action == OrderAction.ADD) {
                value = use.defaultValue().flatMap(text -> OrderMapping.filledIn(text, values));
                isPlainDefault = value.isPresent() && value.equals(use.defaultValue());
                if (value.isEmpty() && use.required()) {
                    problems.add(OrderProblem.missing(use.names().get(0), "a value for " + use.of(line)));
                }
            }
            String calledSo = name.orElse(use.names().get(0));
            if (name.isPresent() && value.filter(text -> isMask(calledSo, text)).isPresent()) {
                kept(use.of(line), calledSo).ifPresent(as -> told.put(use.of(line), as));
                continue;
            }
            List<Conversion> conversions = isPlainDefault ? List.of() : use.conversions();
            value.flatMap(text -> setting(use.of(line), conversions, calledSo, text))
                    .ifPresent(good -> told.put(use.of(line), good));
        }
        if (!told.isEmpty() && (action == OrderAction.ADD || action == OrderAction.MODIFY)) {
            values.put(OrderField.SETTINGS, OrderedSettings.text(told));
        }
    }

    /** What is masked stays as it is. */
    private Optional<String> kept(String parameter, String name) {
        Optional<String> value =
                Optional.ofNullable(was).map(OrderedSettings::of).map(settings -> settings.get(parameter));
        if (value.isEmpty()) {
            problems.add(new OrderProblem(name, OrderProblem.MASK, NO_MASK));
        }
        return value;
    }

    private Optional<String> setting(String parameter, List<Conversion> conversions, String name, String written) {
        String value = written;
        for (Conversion conversion : conversions) {
            Optional<String> next = conversion.of(value);
            if (next.isEmpty()) {
                problems.add(new OrderProblem(name, shown(name, written), conversion.allowed()));
                return Optional.empty();
            }
            value = next.get().strip();
            if (value.isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<String> complaint = mapping.settingCheck().complaint(parameter, value);
        complaint.ifPresent(
                allowed -> problems.add(new OrderProblem(name, shown(name, written), parameter + " takes " + allowed)));
        return complaint.isPresent() ? Optional.empty() : Optional.of(value);
    }

    private void generate(MacAddress mac, int line, Map<OrderField, String> values) {
        FieldUse use = mapping.uses().get(OrderField.SIP_PASSWORD);
        String user = values.get(OrderField.SIP_USER);
        String domain = values.get(OrderField.SIP_DOMAIN);
        if (use != null && use.generated() && user != null && domain != null) {
            values.computeIfAbsent(
                    OrderField.SIP_PASSWORD, none -> mapping.passwords().of(mac, line, user, domain));
        }
    }

    private String shown(String name, String value) {
        return mapping.isSecret(name) ? OrderProblem.MASK : value;
    }

    private static String shown(OrderField field, String value) {
        return field.secret() ? OrderProblem.MASK : value;
    }

    private boolean isMask(String name, String value) {
        return value.equals(OrderProblem.MASK) && mapping.isSecret(name);
    }

    private void require(Map<OrderField, String> told, OrderField field) {
        if (!told.containsKey(field)) {
            problems.add(OrderProblem.missing(name(field), mapping.rule(field).allowed()));
        }
    }

    private Optional<String> canonical(OrderField field, String value) {
        Optional<String> said = Optional.ofNullable(was).flatMap(line -> line.value(field));
        if (isMask(name(field), value)) {
            if (said.isEmpty()) {
                problems.add(new OrderProblem(name(field), OrderProblem.MASK, NO_MASK));
            }
            return said;
        }
        Optional<String> good = mapping.rule(field).canonical(value);
        if (good.isEmpty()) {
            problems.add(new OrderProblem(name(field), shown(field, value), allowed(field, value)));
            return good;
        }
        if (!good.equals(said)) {
            mapping.misplaced(field, good.get())
                    .ifPresent(allowed -> problems.add(new OrderProblem(name(field), value, allowed)));
        }
        return good;
    }

    private String allowed(OrderField field, String value) {
        return field == OrderField.TIME_ZONE
                ? TimeZones.noSuch(value).orElse(TimeZones.ALLOWED)
                : mapping.rule(field).allowed();
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
                        () -> {
                            // The device may be another model than the usual one
                            if (!isModelUsual) {
                                checkLine(model.get(), values);
                            }
                        });
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
