package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceLabels;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.PlaceNames;
import dev.provhub.device.TimeZones;
import dev.provhub.devicelog.PlainText;
import dev.provhub.profile.ProfileComposer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what an administrator wants a device to be, and makes it so. Every refusal names field, value and what is allowed. */
final class DeviceEdits {
    private static final int LONGEST_WORD = 63;
    private static final int LONGEST_VALUE = 8192;
    private static final Set<String> FIELDS =
            Set.of("model", "serial", "tenant", "plan", "timeZone", "settings", "labels");

    private final DeviceModels models;
    private final ProfileComposer composer;
    private final PlaceNames places;
    private final Supplier<String> seeds;

    DeviceEdits(DeviceModels models, ProfileComposer composer, PlaceNames places, Supplier<String> seeds) {
        this.models = models;
        this.composer = composer;
        this.places = places;
        this.seeds = seeds;
    }

    /** @throws IllegalArgumentException when it has other fields than a device, or of another kind */
    JsonNode checked(JsonNode edit) {
        if (edit.has("settings") && !edit.get("settings").isObject()) {
            throw new IllegalArgumentException("field 'settings' is no JSON object of texts by parameter");
        }
        return ApiAnswers.withOnly(edit, FIELDS);
    }

    /**
     * The labels that a device shall have; empty when the edit does not name them.
     *
     * @throws IllegalArgumentException when they are none
     */
    static Optional<Set<String>> labels(JsonNode edit) {
        JsonNode labels = edit.get("labels");
        if (labels == null) {
            return Optional.empty();
        }
        Set<String> wanted = new TreeSet<>();
        if (!labels.isNull()) {
            if (!labels.isArray()) {
                throw new IllegalArgumentException("field 'labels' is no list of texts");
            }
            labels.forEach(label -> wanted.add(label.isTextual() ? label.asText() : label.toString()));
        }
        return Optional.of(DeviceLabels.checked(wanted));
    }

    /** A device that is new, claimed by whoever names it here. */
    Device newDevice(dev.provhub.device.MacAddress mac, JsonNode edit) {
        DeviceModel model = modelOf(edit, null);
        Device blank = new Device(
                mac,
                model.name(),
                null,
                true,
                Device.Place.DEFAULT,
                Map.of(),
                java.util.List.of(),
                Device.Standing.first(seeds.get()));
        return changed(blank, edit, true);
    }

    /**
     * The device as it is wanted, its revision one higher when anything differs.
     *
     * @param whole whether settings that are not named end
     */
    Device edited(Device device, JsonNode edit, boolean whole) {
        Device after = changed(device, edit, whole);
        return after.equals(device)
                ? device
                : after.withStanding(after.standing().nextRevision());
    }

    private Device changed(Device device, JsonNode edit, boolean whole) {
        DeviceModel model = modelOf(edit, device.model());
        Map<String, String> settings = whole ? new TreeMap<>() : new TreeMap<>(device.settings());
        if (!model.name().equals(device.model())) {
            settings.forEach((name, value) -> fitting(model, name, value));
        }
        edit.path("settings").properties().forEach(field -> {
            if (field.getValue().isNull()) {
                settings.remove(field.getKey());
            } else {
                settings.put(field.getKey(), setting(model, field.getKey(), field.getValue()));
            }
        });
        Device.Place place = device.place();
        return new Device(
                device.mac(),
                model.name(),
                text(edit, "serial", device.serial()),
                true,
                new Device.Place(
                        place(edit, "tenant", place.tenant(), places::noSuchTenant),
                        place(edit, "plan", place.plan(), places::noSuchPlan),
                        place(edit, "timeZone", place.timeZone(), TimeZones::noSuch)),
                settings,
                device.lines(),
                device.standing().left(null));
    }

    private String setting(DeviceModel model, String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("setting " + name + " is not a text or null");
        }
        return fitting(model, name, value.asText());
    }

    private String fitting(DeviceModel model, String name, String value) {
        if (value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException(
                    "setting " + name + " has " + value.length() + " characters; allowed: up to " + LONGEST_VALUE);
        }
        composer.complaint(model, name, value).ifPresent(complaint -> {
            throw new IllegalArgumentException(complaint);
        });
        return value;
    }

    private DeviceModel modelOf(JsonNode edit, @Nullable String otherwise) {
        String name = text(edit, "model", otherwise);
        if (name == null) {
            throw new IllegalArgumentException("field 'model' is missing");
        }
        DeviceModel model = models.find(name)
                .orElseThrow(() -> new IllegalArgumentException("model '" + name + "' is not in models.yaml"));
        if (model.notProvisionable() != null) {
            throw new IllegalArgumentException(
                    "model " + model.name() + " takes no profile: " + model.notProvisionable());
        }
        return model;
    }

    /** What a device has already it may keep, also when that is not there any more. */
    private static @Nullable String place(
            JsonNode edit, String field, @Nullable String present, Function<String, Optional<String>> noSuch) {
        String name = text(edit, field, present);
        if (name != null && !name.equals(present)) {
            noSuch.apply(name).ifPresent(allowed -> {
                throw new IllegalArgumentException(field + " '" + name + "' is not allowed: " + allowed);
            });
        }
        return name;
    }

    private static @Nullable String text(JsonNode edit, String field, @Nullable String otherwise) {
        JsonNode value = edit.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNull() && (!value.isTextual() || !isWord(value.asText()))) {
            throw new IllegalArgumentException("field '" + field + "' is not a text of 1 to 63 characters");
        }
        return value.isNull() ? null : value.asText();
    }

    private static boolean isWord(String text) {
        return !text.isBlank() && text.length() <= LONGEST_WORD && PlainText.isPlain(text);
    }
}
