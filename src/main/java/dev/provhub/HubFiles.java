package dev.provhub;

import dev.provhub.config.CausesReader;
import dev.provhub.config.CertificateJudgingReader;
import dev.provhub.config.DeviceModelsReader;
import dev.provhub.config.DriftPolicyReader;
import dev.provhub.config.FirmwareCatalogReader;
import dev.provhub.config.HubFolders;
import dev.provhub.config.KnownAuthoritiesReader;
import dev.provhub.config.LayersReader;
import dev.provhub.config.OrderMappingReader;
import dev.provhub.config.ParameterDictionaryReader;
import dev.provhub.config.RequestRulesReader;
import dev.provhub.config.TextFiles;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.RequestRules;
import dev.provhub.devicelog.Cause;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.SettingCheck;
import dev.provhub.pki.JudgingRules;
import dev.provhub.pki.KnownAuthorities;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.report.DriftPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that people edit, read and checked. */
record HubFiles(
        DeviceModels models,
        RequestRules requestRules,
        ParameterDictionary dictionary,
        FirmwareCatalog firmware,
        Layers layers,
        Map<String, String> layerTexts,
        OrderMapping orderMapping,
        JudgingRules judging,
        KnownAuthorities knownAuthorities,
        List<Cause> causes,
        DriftPolicy drift) {

    static HubFiles read(HubFolders folders) {
        Path config = folders.config();
        Path rules = config.resolve("request-rules.yaml");
        DeviceModels models = DeviceModelsReader.read(config.resolve("models.yaml"), rules);
        ParameterDictionary dictionary = ParameterDictionaryReader.read(
                config.resolve("parameters"),
                DeviceModelsReader.parameterGroups(models),
                DeviceModelsReader.templateGroups(models));
        FirmwareCatalog firmware =
                FirmwareCatalogReader.read(folders.firmware().resolve("catalog.yaml"), HubFirmware.families(models));
        Path layers = config.resolve("layers");
        Map<String, String> layerTexts = TextFiles.layers(config).texts();
        return new HubFiles(
                models,
                RequestRulesReader.read(rules, models),
                dictionary,
                firmware,
                LayersReader.read(layers, layerTexts, models, dictionary, firmware),
                layerTexts,
                OrderMappingReader.read(config.resolve("order-mapping.yaml"), settingCheck(dictionary)),
                CertificateJudgingReader.read(config.resolve("certs/judging.yaml")),
                KnownAuthoritiesReader.read(config.resolve("certs/known-cas.yaml")),
                CausesReader.read(config.resolve("causes.yaml")),
                DriftPolicyReader.read(config.resolve("drift.yaml"), dictionary));
    }

    /** Reads other layers against the same models and parameters, and the images as they are now. */
    Layers readLayers(Path folder, Map<String, String> texts, FirmwareCatalog firmware) {
        return LayersReader.read(folder, texts, models, dictionary, firmware);
    }

    private static SettingCheck settingCheck(ParameterDictionary dictionary) {
        return new SettingCheck() {
            @Override
            public boolean isKnown(String parameter) {
                return dictionary.find(parameter).isPresent();
            }

            @Override
            public Optional<String> complaint(String parameter, String value) {
                return dictionary.find(parameter).flatMap(named -> named.parameter()
                        .complaint(parameter, value, true)
                        .map(wrong -> named.parameter().allowed()));
            }
        };
    }
}
