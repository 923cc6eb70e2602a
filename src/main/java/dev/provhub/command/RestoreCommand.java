package dev.provhub.command;

import dev.provhub.config.HubConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub restore}: makes this machine the hub of a backup. */
@Command(
        name = "restore",
        description = {
            "Makes this machine the hub of a backup: database, settings, layers, routes, firmware catalog, certificates.",
            "Needs an empty database, and the master key: of --master-key, in the backup, or where the settings say."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "that './hub backup' wrote")
    private Path file = Path.of("");

    @Option(names = "--master-key", paramLabel = "FILE", description = "file with the master key, mode 0600")
    private @Nullable Path masterKey;

    @Option(
            names = "--keep-settings",
            description = "leaves config/hub.properties of this machine as it is, e.g. its hub.database.url")
    private boolean keepSettings;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + " cannot be read");
        }
        HubConfig config = hub.read();
        if (AdministrationClient.isAnswered(config)) {
            System.err.println("hub: a hub answers at " + config.apiUrl() + "; stop it first");
            return 2;
        }
        hub.launcher()
                .restore(new HubLauncher.RestoreRequest(
                        file, masterKey, keepSettings, () -> PassPhrase.asked(hub, spec, false), hub::read))
                .forEach(System.out::println);
        System.out.println("Restored. Start the hub with ./hub run");
        return 0;
    }
}
