package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.profile.ParameterDictionary.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays layers over each other for one device. A value that a later layer repeats stays where it first stood. */
final class Merge {
    private final @Nullable Device device;
    private final @Nullable DeviceModel model;
    private final DeviceFacts facts;
    private final Map<String, ProfileValue> values = new LinkedHashMap<>();

    /**
     * @param device null when there is none: then nothing is said of lines
     * @param model  null when it is not known: then everything is said, because phones pass over what they do not know
     */
    Merge(@Nullable Device device, @Nullable DeviceModel model, DeviceFacts facts) {
        this.device = device;
        this.model = model;
        this.facts = facts;
    }

    Merge lay(Layer layer) {
        for (Layer.Entry entry : layer.entries()) {
            if (entry.delays().fits(model)) {
                lay(entry, layer.origin());
            }
        }
        return this;
    }

    private void lay(Layer.Entry entry, String origin) {
        Named named = entry.named();
        if (named == null) {
            put(keyParameter(), null, entry, facts, origin);
        } else if (model != null && !named.parameter().holdsFor(model.parameterGroup())) {
            return;
        } else if (named.everyLine()) {
            lines().forEach(line ->
                    put(named.forLine(line.number()), named.parameter(), entry, facts.of(line), origin));
        } else if (entry.usesLine()) {
            lines().stream()
                    .filter(line -> Integer.valueOf(line.number()).equals(named.line()))
                    .forEach(line -> put(named.name(), named.parameter(), entry, facts.of(line), origin));
        } else {
            put(named.name(), named.parameter(), entry, facts, origin);
        }
    }

    private List<Line> lines() {
        return device == null ? List.of() : device.lines();
    }

    private String keyParameter() {
        return Optional.ofNullable(model)
                .flatMap(DeviceModel::provisionable)
                .orElseThrow(() -> problem("takes no key"))
                .keyParameter();
    }

    private void put(String name, @Nullable Parameter parameter, Layer.Entry entry, Facts from, String origin) {
        Optional<Fact> fact = entry.template().render(from);
        String text = fact.map(Fact::text).orElse(null);
        if (fact.isEmpty() || text == null) {
            return;
        }
        boolean secret = fact.get().secret() || (parameter != null && parameter.secret());
        if (parameter != null) {
            check(name, parameter, text, secret, origin);
        }
        ProfileValue below = values.get(name);
        UserAccess access = entry.userAccess() == null && below != null ? below.userAccess() : entry.userAccess();
        values.put(name, new ProfileValue(name, text, access, origin, secret));
    }

    private void check(String name, Parameter parameter, String text, boolean secret, String origin) {
        Optional<String> complaint = parameter.complaint(name, text, secret);
        if (complaint.isPresent()) {
            throw problem(complaint.get() + " (layer " + origin + ")");
        }
        boolean isList = text.indexOf(',') >= 0 || text.indexOf('+') >= 0;
        if (parameter.type().equals("Delays") && isList && !LayerValue.Delays.LISTS.fits(model)) {
            throw problem(name + " cannot be '" + text + "': this model takes a single number of seconds (layer "
                    + origin + ")");
        }
    }

    private ProfileException problem(String what) {
        String who = device != null ? "device " + device.mac() : "model " + (model == null ? "unknown" : model.name());
        return new ProfileException(who + ": " + what);
    }

    List<ProfileValue> values() {
        return List.copyOf(values.values());
    }
}
