package dev.provhub.profile;

import dev.provhub.device.DeviceModel;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.profile.ParameterDictionary.Named;
import dev.provhub.rules.RuleSyntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        if (name.equals(Settings.PROFILE_SEALING) && value.equals(Settings.AES128GCM)) {
            checkRfc8188();
        }
        settings.put(name, value);
        if (Settings.AES128GCM.equals(settings.get(Settings.PROFILE_SEALING))
                && settings.containsKey(Settings.FIRMWARE_VERSION)) {
            checkRfc8188From(settings.get(Settings.FIRMWARE_VERSION));
        }
        return this;
    }

    /** Adds the value of a parameter. */
    public LayerBuilder value(LayerValue value) {
        checkReserved(value.name());
        Template template = Template.parse(value.text(), scope);
        Named named = null;
        if (scope == Placeholders.SHARED || !value.name().equals(LayerValue.KEY_PARAMETER)) {
            named = named(value.name());
            checkModels(named);
            checkText(named, template);
        }
        entries.add(entry(value, named, template));
        return this;
    }

    /** Adds the value of a parameter that the dictionary does not know. */
    public LayerBuilder extra(LayerValue value) {
        Named named = dictionary.extra(value.name());
        Template template = Template.parse(value.text(), scope);
        checkText(named, template);
        entries.add(entry(value, named, template));
        return this;
    }

    /**
     * Takes out what the layers below say of a parameter.
     *
     * @param place file and line; null for a layer that is no file
     */
    public LayerBuilder remove(String name, @Nullable String place) {
        checkReserved(name);
        Named named = dictionary.find(name).isPresent() ? named(name) : dictionary.extra(name);
        entries.add(new Layer.Entry(name, named, null, null, LayerValue.Delays.ANY, new Origin(origin, place)));
        return this;
    }

    private Layer.Entry entry(LayerValue value, @Nullable Named named, Template template) {
        return new Layer.Entry(
                value.name(), named, template, value.userAccess(), value.delays(), new Origin(origin, value.place()));
    }

    private void checkRfc8188() {
        for (DeviceModel model : models) {
            if (model.provisionable().filter(how -> how.rfc8188()).isEmpty()) {
                refuse("setting " + Settings.PROFILE_SEALING + " cannot be '" + Settings.AES128GCM + "': model "
                        + model.name() + " does not read it (rfc8188 in models.yaml)");
            }
        }
    }

    private void checkRfc8188From(String target) {
        for (DeviceModel model : models) {
            String from = model.provisionable()
                    .map(DeviceModel.Provisioning::rfc8188From)
                    .orElse(null);
            if (from != null && !FirmwareVersion.parse(target).isOfReleaseOrAbove(from)) {
                refuse("setting " + Settings.PROFILE_SEALING + " cannot be '" + Settings.AES128GCM + "' with "
                        + Settings.FIRMWARE_VERSION + " " + target + ": model " + model.name() + " reads it from "
                        + from
                        + " on (rfc8188-from in models.yaml)");
            }
        }
    }

    private void checkReserved(String name) {
        if (reserved.contains(name)) {
            refuse(name + " is set by the hub itself (layers/secured.yaml)");
        }
    }

    private Named named(String name) {
        Named named = dictionary
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no parameter '" + name + "'" + dictionary.similar(name)));
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

    private void checkText(Named named, Template template) {
        boolean usesLine = template.placeholders().anyMatch(name -> name.startsWith(Placeholders.LINE));
        if (usesLine && !named.everyLine() && named.line() == null) {
            refuse(named.name() + " is not for a line, so no ${line...} can stand in it");
        }
        if (template.isFixed()) {
            named.parameter().complaint(named.name(), template.source(), false).ifPresent(LayerBuilder::refuse);
        }
        if (named.parameter().type().equals("Rule")) {
            checkRule(named, template.source());
        }
    }

    /** A rule of a site may use registers, but not those that the hub counts on. */
    private void checkRule(Named named, String rule) {
        for (String assigned : RuleSyntax.assigned(rule)) {
            if (reserved.contains(assigned)) {
                refuse(named.name() + " assigns " + assigned + ", which the hub itself uses; free registers are in"
                        + " docs/reference/general-purpose-parameters.md");
            }
        }
        for (DeviceModel model : models) {
            int limit = model.provisionable()
                    .map(DeviceModel.Provisioning::ruleLimit)
                    .orElse(Integer.MAX_VALUE);
            if (rule.length() > limit) {
                refuse(named.name() + " has " + rule.length() + " characters; model " + model.name() + " takes "
                        + limit);
            }
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
