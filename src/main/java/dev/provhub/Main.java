package dev.provhub;

import dev.provhub.command.HubCommand;
import dev.provhub.command.LogLevelVariables;
import dev.provhub.config.IllegalConfigurationException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {
    private static final int REFUSED = 2;

    private Main() {}

    /** Runs one command of {@code ./hub} and ends the process with its exit code: 2 for a setting or file that is wrong. */
    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
        System.exit(run(home, System.getenv(), args));
    }

    static int run(Path home, Map<String, String> environment, String... args) {
        // Before the first class of TLS loads: what the JVM forbids cannot be allowed later. Each listener names its
        // own protocols and suites, so only the one for old phones becomes weaker by it.
        OldTls.allow();
        if (LogLevelVariables.areWrong(environment)) {
            return REFUSED;
        }
        Clock clock = clock();
        HubCommand command = new HubCommand(new Launcher(clock), home, environment, clock);
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

    /** The one that everything gets. */
    static Clock clock() {
        return Clock.systemUTC();
    }
}
