package dev.provhub.profile;

import dev.provhub.device.DeviceModel;
import dev.provhub.profile.ParameterDictionary.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks what a layer says, one value after the other, so that a reader can name the line of the first mistake. Every
 * complaint is an {@link IllegalArgumentException} that names parameter, value (unless secret) and what is allowed.
 */
public final class LayerBuilder {
    private final String origin;
    private final ParameterDictionary dictionary;
    private final Placeholders scope;
    private final List<DeviceModel> models;
    private final Set<String> reserved;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Layer.Entry> entries = new ArrayList<>();

    private LayerBuilder(
            String origin,
            ParameterDictionary dictionary,
            Placeholders scope,
            List<DeviceModel> models,
            Set<String> reserved) {
        this.origin = origin;
        this.dictionary = dictionary;
        this.scope = scope;
        this.models = List.copyOf(models);
        this.reserved = Set.copyOf(reserved);
    }

    /** A layer for all devices. It may name parameters that some of them do not have. */
    public static LayerBuilder shared(String origin, ParameterDictionary dictionary, Set<String> reserved) {
        return new LayerBuilder(origin, dictionary, Placeholders.SHARED, List.of(), reserved);
    }

    /** A layer for some models, all of which must have what it names. */
    public static LayerBuilder forModels(
            String origin, ParameterDictionary dictionary, List<DeviceModel> models, Set<String> reserved) {
        return new LayerBuilder(origin, dictionary, Placeholders.SHARED, models, reserved);
    }

    /** A layer that the hub itself is built on, such as the bootstrap. */
    public static LayerBuilder ofHub(String origin, ParameterDictionary dictionary) {
        return new LayerBuilder(origin, dictionary, Placeholders.HUB, List.of(), Set.of());
    }

    /** Adds a setting. */
    public LayerBuilder setting(String name, String value) {
        Settings.complaint(name, value).ifPresent(LayerBuilder::refuse);
        settings.put(name, value);
        return this;
    }

    /** Adds the value of a parameter. */
    public LayerBuilder value(LayerValue value) {
        if (reserved.contains(value.name())) {
            refuse(value.name() + " is set by the hub itself (layers/secured.yaml)");
        }
        Template template = Template.parse(value.text(), scope);
        Named named = null;
        if (scope == Placeholders.SHARED || !value.name().equals(LayerValue.KEY_PARAMETER)) {
            named = named(value.name());
            checkModels(named);
            checkText(named, template);
        }
        entries.add(new Layer.Entry(value.name(), named, template, value.userAccess(), value.delays()));
        return this;
    }

    private Named named(String name) {
        Named named = dictionary
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no parameter '" + name + "'"));
        if (!named.concrete()) {
            refuse(name + " leaves an index open: only _n_ may stand for every line");
        }
        return named;
    }

    private void checkModels(Named named) {
        for (DeviceModel model : models) {
            if (!named.parameter().holdsFor(model.parameterGroup())) {
                refuse("model " + model.name() + " has no parameter " + named.name());
            }
        }
    }

    private static void checkText(Named named, Template template) {
        boolean usesLine = template.placeholders().anyMatch(name -> name.startsWith(Placeholders.LINE));
        if (usesLine && !named.everyLine() && named.line() == null) {
            refuse(named.name() + " is not for a line, so no ${line...} can stand in it");
        }
        if (template.isFixed()) {
            named.parameter().complaint(named.name(), template.source(), false).ifPresent(LayerBuilder::refuse);
        }
    }

    private static void refuse(String complaint) {
        throw new IllegalArgumentException(complaint);
    }

    /** The layer. */
    public Layer build() {
        return new Layer(origin, settings, entries);
    }
}
