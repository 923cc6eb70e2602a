package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfigReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hub}: the options that all commands share. */
@Command(
        name = "hub",
        description = "Gives every SPA and MPP phone its own profile and firmware.",
        mixinStandardHelpOptions = true,
        versionProvider = HubCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            HealthCommand.class,
            LogLevelCommand.class,
            DeviceCommand.class,
            CertCommand.class,
            RuleCommand.class,
            LayerCommand.class,
            RoutesCommand.class,
            StepsCommand.class,
            TestRoutesCommand.class,
            RolloutCommand.class,
            HoldCommand.class,
            FirmwareCommand.class,
            TokenCommand.class,
            KeyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            AuditCommand.class,
            ClaimCommand.class,
            RcTemplateCommand.class,
            DhcpCommand.class,
            PhoneCommand.class,
            SwarmCommand.class,
            GrantCommand.class,
            FaultCommand.class,
            OrderCommand.class,
            EventCommand.class
        })
public final class HubCommand implements Runnable {
    private final HubLauncher launcher;
    private final Path home;
    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of everything the hub writes",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    @Nullable
    Path data;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "folder of settings, models, layers",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    @Nullable
    Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "folder of route files",
            scope = picocli.CommandLine.ScopeType.INHERIT)
    @Nullable
    Path routes;

    /**
     * Makes the command line.
     *
     * @param home        folder of the program, from which relative paths count
     * @param environment variables of the process
     */
    public HubCommand(HubLauncher launcher, Path home, Map<String, String> environment, Clock clock) {
        this.launcher = launcher;
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public void run() {
        CommandSpec own = java.util.Objects.requireNonNull(spec, "spec");
        throw new ParameterException(own.commandLine(), "a command is missing");
    }

    HubLauncher launcher() {
        return launcher;
    }

    Map<String, String> environment() {
        return environment;
    }

    Clock clock() {
        return clock;
    }

    Path home() {
        return home;
    }

    /** The settings, with these on top. */
    HubConfig read(Map<String, String> overrides) {
        Map<String, String> options = new HashMap<>();
        put(options, "hub.data", data);
        put(options, "hub.config", config);
        put(options, "hub.routes", routes);
        options.putAll(overrides);
        return HubConfigReader.read(home, environment, new LinkedHashMap<>(options));
    }

    HubConfig read() {
        return read(Map.of());
    }

    /** Asks the hub of these settings. */
    AdministrationClient client(HubConfig settings) {
        return new AdministrationClient(settings, CallerToken.of(settings, environment));
    }

    AdministrationClient client() {
        return client(read());
    }

    /** A path given on the command line counts from where the command was called. */
    private static void put(Map<String, String> options, String key, @Nullable Path path) {
        if (path != null) {
            options.put(key, path.toAbsolutePath().toString());
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = HubCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Provisioning Hub " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
