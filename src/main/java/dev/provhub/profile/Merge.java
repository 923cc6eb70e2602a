package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.profile.ParameterDictionary.Named;
import java.util.ArrayList;
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
    private final List<ProfileNote> notes = new ArrayList<>();

    /**
     * @param device null when there is none: then nothing is said of lines
     * @param model  null when it is not known: then everything is said, because phones pass over what they do not know
     */
    Merge(@Nullable Device device, @Nullable DeviceModel model, DeviceFacts facts) {
        this.device = device;
        this.model = model;
        this.facts = facts;
    }

    /** Lays a whole layer, of which the model may not have everything. */
    Merge lay(Layer layer) {
        for (Layer.Entry entry : layer.entries()) {
            if (entry.isKnownTo(model) && entry.delays().fits(model)) {
                lay(entry);
            }
        }
        return this;
    }

    /** Lays entries that all fit the model. */
    Merge lay(List<Layer.Entry> entries) {
        entries.forEach(this::lay);
        return this;
    }

    private void lay(Layer.Entry entry) {
        Named named = entry.named();
        Template template = entry.template();
        if (template == null) {
            remove(entry);
        } else if (named == null) {
            put(keyParameter(), null, entry, template, facts);
        } else if (named.everyLine()) {
            for (Line line : lines()) {
                put(named.forLine(line.number()), named.parameter(), entry, template, facts.of(line));
            }
        } else if (entry.usesLine()) {
            lines().stream()
                    .filter(line -> Integer.valueOf(line.number()).equals(named.line()))
                    .forEach(line -> put(named.name(), named.parameter(), entry, template, facts.of(line)));
        } else {
            put(named.name(), named.parameter(), entry, template, facts);
        }
    }

    private void remove(Layer.Entry entry) {
        Named named = entry.named();
        if (named == null) {
            return;
        }
        List<String> names = named.everyLine()
                ? lines().stream().map(line -> named.forLine(line.number())).toList()
                : List.of(named.name());
        for (String name : names) {
            ProfileValue removed = values.remove(name);
            if (removed != null) {
                notes.add(new ProfileNote(name, entry.origin(), "removed", withWhatItHid(removed)));
            }
        }
    }

    private List<Line> lines() {
        return device == null ? List.of() : device.servedLines();
    }

    private String keyParameter() {
        return Optional.ofNullable(model)
                .flatMap(DeviceModel::provisionable)
                .orElseThrow(() -> problem("takes no key"))
                .keyParameter();
    }

    private void put(String name, @Nullable Parameter parameter, Layer.Entry entry, Template template, Facts from) {
        Fact fact = template.render(from);
        String text = fact.text();
        if (text == null) {
            return;
        }
        boolean secret = fact.secret() || (parameter != null && parameter.secret());
        if (parameter != null && !template.isFixed()) {
            check(name, parameter, text, secret, entry.origin());
        }
        if (parameter != null && parameter.type().equals("Delays")) {
            checkDelays(name, text, entry.origin());
        }
        ProfileValue below = values.get(name);
        UserAccess access = entry.userAccess() == null && below != null ? below.userAccess() : entry.userAccess();
        List<ProfileValue> hid = below == null ? List.of() : withWhatItHid(below);
        values.put(name, new ProfileValue(name, text, access, entry.origin(), secret, hid));
    }

    private static List<ProfileValue> withWhatItHid(ProfileValue value) {
        if (value.hid().isEmpty()) {
            return List.of(value);
        }
        List<ProfileValue> all = new ArrayList<>();
        all.add(new ProfileValue(
                value.name(), value.text(), value.userAccess(), value.origin(), value.secret(), List.of()));
        all.addAll(value.hid());
        return all;
    }

    private void check(String name, Parameter parameter, String text, boolean secret, Origin origin) {
        Optional<String> complaint = parameter.complaint(name, text, secret);
        if (complaint.isPresent()) {
            throw problem(complaint.get() + " (layer " + origin.layer() + ")");
        }
    }

    private void checkDelays(String name, String text, Origin origin) {
        boolean isList = text.indexOf(',') >= 0 || text.indexOf('+') >= 0;
        if (isList && !LayerValue.Delays.LISTS.fits(model)) {
            throw problem(name + " cannot be '" + text + "': this model takes a single number of seconds (layer "
                    + origin.layer() + ")");
        }
    }

    private ProfileException problem(String what) {
        String who = device != null ? "device " + device.mac() : "model " + (model == null ? "unknown" : model.name());
        return new ProfileException(who + ": " + what);
    }

    /** Puts a value on top of everything, as it is. */
    void put(ProfileValue value) {
        values.put(value.name(), value);
    }

    Map<String, ProfileValue> byName() {
        return values;
    }

    List<ProfileValue> values() {
        return List.copyOf(values.values());
    }

    /** What was removed. */
    List<ProfileNote> notes() {
        return notes;
    }
}
