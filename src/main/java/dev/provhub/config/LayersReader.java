package dev.provhub.config;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.profile.Layer;
import dev.provhub.profile.LayerBuilder;
import dev.provhub.profile.LayerKind;
import dev.provhub.profile.LayerValue;
import dev.provhub.profile.LayerValue.Delays;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.UserAccess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code config/layers}. */
public final class LayersReader {
    private static final String ENDING = ".yaml";
    private static final Set<String> OF_HUB =
            Set.of("bootstrap.yaml", "unclaimed.yaml", "key.yaml", "line.yaml", "secured.yaml", "wipe.yaml");
    private static final String FIRMWARE_VERSION = "firmwareVersion";
    private static final Set<String> PARTS = Set.of(
            "description",
            "settings",
            "values",
            "values-where-delays-are-lists",
            "values-where-delays-are-single",
            "extra",
            "remove");

    private final Path folder;
    private final Map<String, String> files;
    private final DeviceModels models;
    private final ParameterDictionary dictionary;
    private final FirmwareCatalog firmware;

    private LayersReader(
            Path folder,
            Map<String, String> files,
            DeviceModels models,
            ParameterDictionary dictionary,
            FirmwareCatalog firmware) {
        this.folder = folder;
        this.files = files;
        this.models = models;
        this.dictionary = dictionary;
        this.firmware = firmware;
    }

    /** @throws IllegalConfigurationException when something is wrong, with file and line */
    public static Layers read(
            Path folder, DeviceModels models, ParameterDictionary dictionary, FirmwareCatalog firmware) {
        return read(folder, new TextFiles(folder, ENDING, 2).texts(), models, dictionary, firmware);
    }

    /**
     * Reads layers from texts.
     *
     * @param folder the name of their folder for complaints
     * @param files  text by path below the folder
     * @throws IllegalConfigurationException when something is wrong, with file and line
     */
    public static Layers read(
            Path folder,
            Map<String, String> files,
            DeviceModels models,
            ParameterDictionary dictionary,
            FirmwareCatalog firmware) {
        return new LayersReader(folder, new TreeMap<>(files), models, dictionary, firmware).readAll();
    }

    private Layers readAll() {
        files.keySet().forEach(this::checkPlace);
        Layer secured = ofHub("secured");
        Layers.OfHub hub = new Layers.OfHub(
                ofHub("bootstrap"), ofHub("unclaimed"), ofHub("key"), ofHub("line"), secured, ofHub("wipe"));
        Set<String> reserved = Layers.reservedBy(secured, models);
        Map<LayerKind, Map<String, Layer>> site = new EnumMap<>(LayerKind.class);
        for (LayerKind kind : LayerKind.values()) {
            Map<String, Layer> layers = new LinkedHashMap<>();
            for (String path : filesOf(kind)) {
                String name = path.substring(path.indexOf('/') + 1).replace(ENDING, "");
                Path file = folder.resolve(path);
                layers.put(name, read(file, builder(kind, name, file, reserved), kind == LayerKind.MODEL ? name : ""));
            }
            site.put(kind, layers);
        }
        return new Layers(hub, site);
    }

    /** A file in a folder of another name would be passed over in silence. */
    private void checkPlace(String path) {
        boolean known = path.indexOf('/') < 0
                ? OF_HUB.contains(path)
                : Arrays.stream(LayerKind.values()).anyMatch(kind -> path.startsWith(kind.folder() + "/"));
        if (!known) {
            throw new IllegalConfigurationException(
                    folder.resolve(path), 0, "no layer lies here: layers are in base, model, tenant and plan");
        }
    }

    private List<String> filesOf(LayerKind kind) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(kind.folder() + "/"))
                .toList();
    }

    private YamlNode parse(Path file) {
        String text = files.get(folder.relativize(file).toString().replace('\\', '/'));
        if (text == null) {
            throw new IllegalConfigurationException(file, 0, "no such file");
        }
        return YamlNode.parse(file, text);
    }

    private Layer ofHub(String name) {
        return read(folder.resolve(name + ENDING), LayerBuilder.ofHub(name, dictionary), "");
    }

    private LayerBuilder builder(LayerKind kind, String name, Path file, Set<String> reserved) {
        String origin = kind.folder() + "/" + name;
        if (kind != LayerKind.MODEL) {
            return LayerBuilder.shared(origin, dictionary, reserved);
        }
        if (!models.hasModelOrFamily(name)) {
            throw new IllegalConfigurationException(
                    file, 0, "there is no model or family '" + name + "' in models.yaml");
        }
        return LayerBuilder.forModels(origin, dictionary, modelsOf(name), reserved);
    }

    private List<DeviceModel> modelsOf(String name) {
        return models.all().stream()
                .filter(model -> model.name().equals(name) || model.family().equals(name))
                .toList();
    }

    /** @param modelOrFamily whom the layer is for; empty when it is for all */
    private Layer read(Path file, LayerBuilder builder, String modelOrFamily) {
        YamlNode node = parse(file).allow(PARTS);
        node.get("description").text();
        node.find("settings").ifPresent(settings -> settings.entries().forEach((name, value) -> {
            checked(settings.key(name).orElse(value), () -> builder.setting(name, value.text()));
            if (name.equals(FIRMWARE_VERSION) && !modelOrFamily.isEmpty()) {
                checkFirmware(value, modelOrFamily);
            }
        }));
        values(node, "values", Delays.ANY, builder);
        values(node, "values-where-delays-are-lists", Delays.LISTS, builder);
        values(node, "values-where-delays-are-single", Delays.SINGLE, builder);
        node.find("extra").ifPresent(extra -> extra.entries()
                .forEach((name, value) ->
                        checked(extra.key(name).orElse(value), () -> builder.extra(value(name, value, Delays.ANY)))));
        node.find("remove").ifPresent(remove -> remove.items()
                .forEach(name -> checked(name, () -> builder.remove(name.text(), place(name)))));
        return builder.build();
    }

    private void checkFirmware(YamlNode version, String modelOrFamily) {
        for (DeviceModel model : modelsOf(modelOrFamily)) {
            String family = model.provisionable()
                    .map(DeviceModel.Provisioning::firmwareFamily)
                    .orElse(null);
            if (family == null || firmware.image(family, version.text()).isEmpty()) {
                throw version.problem("firmware/catalog.yaml has no version " + version.text() + " for model "
                        + model.name() + " (firmware family " + family + ")");
            }
        }
    }

    /** As people name it: from the folder of the configuration on. */
    private String place(YamlNode node) {
        Path file = folder.getFileName().resolve(folder.relativize(node.file()));
        return file.toString().replace('\\', '/') + ":" + node.line();
    }

    private void values(YamlNode node, String part, Delays delays, LayerBuilder builder) {
        node.find(part).ifPresent(values -> values.entries()
                .forEach((name, value) ->
                        checked(values.key(name).orElse(value), () -> builder.value(value(name, value, delays)))));
    }

    private LayerValue value(String name, YamlNode node, Delays delays) {
        if (!node.isMap()) {
            return new LayerValue(name, node.text(), null, delays, place(node));
        }
        node.allow(Set.of("value", "ua"));
        UserAccess access =
                node.find("ua").map(ua -> ua.oneOf(UserAccess.class)).orElse(null);
        return new LayerValue(name, node.get("value").text(), access, delays, place(node));
    }

    private static void checked(YamlNode place, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw place.problemHere(String.valueOf(e.getMessage()));
        }
    }
}
