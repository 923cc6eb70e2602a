package dev.provhub;

import dev.provhub.command.HubCommand;
import dev.provhub.config.IllegalConfigurationException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {
    private static final int REFUSED = 2;
    private static final List<String> OWN_LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final List<String> OTHERS_LEVELS = List.of("info", "warn", "error", "off");

    private Main() {}

    /** Runs one command of {@code ./hub} and ends the process with its exit code: 2 for a setting or file that is wrong. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Log4j reads these itself, and with a word that it does not know the hub would be quieter than without. */
    static @Nullable String logLevelMistake(Map<String, String> environment) {
        String own = environment.getOrDefault("HUB_LOG_LEVEL", "info");
        if (!OWN_LEVELS.contains(own)) {
            return "HUB_LOG_LEVEL = " + own + " is not allowed; allowed: " + String.join(", ", OWN_LEVELS);
        }
        String others = environment.getOrDefault("HUB_ROOT_LOG_LEVEL", "warn");
        return OTHERS_LEVELS.contains(others)
                ? null
                : "HUB_ROOT_LOG_LEVEL = " + others + " is not allowed; allowed: " + String.join(", ", OTHERS_LEVELS)
                        + " (other loggers may print secrets)";
    }

    private static int run(String[] args) {
        // Before the first class of TLS loads: what the JVM forbids cannot be allowed later. Each listener names its
        // own
        // protocols and suites, so only the one for old phones becomes weaker by it.
        OldTls.allow();
        String wrong = logLevelMistake(System.getenv());
        if (wrong != null) {
            System.err.println("hub: " + wrong);
            return REFUSED;
        }
        Path home = Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
        Clock clock = Clock.systemUTC();
        HubCommand command = new HubCommand(new Launcher(clock), home, System.getenv(), clock);
        return new CommandLine(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof IllegalConfigurationException refusal) {
                        line.getErr().println("hub: " + refusal.getMessage());
                        return REFUSED;
                    }
                    throw failure;
                })
                .setParameterExceptionHandler((mistake, words) -> {
                    CommandLine line = mistake.getCommandLine();
                    line.getErr().println("hub: " + mistake.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, line.getErr());
                    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
                    return REFUSED;
                })
                .execute(args);
    }
}
