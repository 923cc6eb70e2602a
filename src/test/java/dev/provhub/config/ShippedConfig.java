package dev.provhub.config;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.RequestRules;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ParameterDictionary;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration that is shipped, read once for all tests. */
public final class ShippedConfig {
    public static final Path FOLDER = Path.of("config");
    public static final Path REQUEST_RULES = FOLDER.resolve("request-rules.yaml");
    public static final DeviceModels MODELS = DeviceModelsReader.read(FOLDER.resolve("models.yaml"), REQUEST_RULES);
    public static final RequestRules RULES = RequestRulesReader.read(REQUEST_RULES, MODELS);
    public static final Set<String> GROUPS = MODELS.all().stream()
            .filter(model -> model.provisionable().isPresent())
            .map(DeviceModel::parameterGroup)
            .collect(Collectors.toUnmodifiableSet());
    public static final ParameterDictionary DICTIONARY =
            ParameterDictionaryReader.read(FOLDER.resolve("parameters"), GROUPS, Set.of());
    public static final FirmwareCatalog FIRMWARE = FirmwareCatalogReader.read(Path.of("firmware/catalog.yaml"));
    public static final Layers LAYERS = LayersReader.read(FOLDER.resolve("layers"), MODELS, DICTIONARY, FIRMWARE);

    private ShippedConfig() {}

    /** The model of a name, which must be there. */
    public static DeviceModel model(String name) {
        return MODELS.named(name).orElseThrow(() -> new AssertionError("no model " + name));
    }
}
