package dev.provhub.command;

import dev.provhub.config.DeviceModelsReader;
import dev.provhub.config.FirmwareCatalogReader;
import dev.provhub.config.HubFolders;
import dev.provhub.config.LayersReader;
import dev.provhub.config.ParameterDictionaryReader;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.migration.Migration;
import dev.provhub.profile.migration.PresentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device import-profile}: from the files that a provider serves today to layers and device values. */
@Command(
        name = "import-profile",
        description = {
            "Reads the files that you serve today (flat-profile XML, plain-text SPC sources) into layers and device values.",
            "What all devices share goes up into a layer, accounts become lines, the rest stays with its device.",
            "Needs no running hub, and changes nothing but the folder that it writes."
        },
        mixinStandardHelpOptions = true)
final class ImportProfileCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "one for each device; its name holds the MAC address")
    private List<Path> files = List.of();

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "model of all files; else each lies in a folder of its model's name")
    private @Nullable String model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write into")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        HubFolders folders = parent.hub().read().folders();
        Path config = folders.config();
        DeviceModels models =
                DeviceModelsReader.read(config.resolve("models.yaml"), config.resolve("request-rules.yaml"));
        ParameterDictionary dictionary = ParameterDictionaryReader.read(
                config.resolve("parameters"),
                DeviceModelsReader.parameterGroups(models),
                DeviceModelsReader.templateGroups(models));
        Layers layers = LayersReader.read(
                config.resolve("layers"),
                models,
                dictionary,
                FirmwareCatalogReader.read(folders.firmware().resolve("catalog.yaml")));
        PresentFiles reader = new PresentFiles(models, model == null ? null : knownModel(models));
        List<PresentFile> present = new ArrayList<>();
        for (Path file : files) {
            present.add(reader.read(file));
        }
        Migration.Result result = Migration.of(present, dictionary, layers.hub().reserved(models));
        new MigrationFolder(out, dictionary).write(result);
        System.out.println(summary(result));
        return 0;
    }

    private DeviceModel knownModel(DeviceModels models) {
        return models.find(String.valueOf(model))
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "--model '" + model + "' is not in models.yaml"));
    }

    private String summary(Migration.Result result) {
        int lines =
                result.devices().stream().mapToInt(own -> own.lines().size()).sum();
        int values =
                result.devices().stream().mapToInt(own -> own.values().size()).sum();
        int ofModels = result.ofModels().values().stream().mapToInt(List::size).sum();
        return """
                %d files read: %d values shared by all, %d by a model, %d of single devices, %d lines, %d left out
                1. Read %s/left-out.txt, and copy %s/layers/ into your config/layers/ (./hub check, ./hub layer dry-run).
                2. ./hub device load %s
                phones.csv and devices.json hold passwords: delete them afterwards.""".formatted(
                        result.devices().size(),
                        result.shared().size(),
                        ofModels,
                        values,
                        lines,
                        result.leftOut().size(),
                        out,
                        out,
                        out);
    }
}
