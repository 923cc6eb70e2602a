package dev.provhub.command;

import dev.provhub.config.IllegalConfigurationException;
import java.io.Console;
import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The pass phrase of a backup: from the environment, else asked for on the terminal. */
final class PassPhrase {
    private static final String VARIABLE = "HUB_BACKUP_PASSPHRASE";
    private static final int SHORTEST = 12;

    private PassPhrase() {}

    /** @param fresh whether it is a new one, which is asked for twice and has to be long enough */
    static String asked(HubCommand hub, CommandSpec spec, boolean fresh) {
        String given = hub.environment().getOrDefault(VARIABLE, "");
        String passPhrase = given.isEmpty() ? onTerminal(spec, fresh) : given;
        if (fresh && passPhrase.length() < SHORTEST) {
            throw new IllegalConfigurationException(
                    "the pass phrase is too short; allowed: " + SHORTEST + " characters or more");
        }
        return passPhrase;
    }

    @SuppressWarnings("SystemConsoleNull") // newer JDKs give a console that reads standard input, and ends with it
    private static String onTerminal(CommandSpec spec, boolean twice) {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(), "there is no terminal to ask for the pass phrase: set " + VARIABLE);
        }
        char[] first = console.readPassword("Pass phrase of the backup: ");
        if (first == null) {
            throw new ParameterException(spec.commandLine(), "no pass phrase was given; it can also be in " + VARIABLE);
        }
        if (twice && !Arrays.equals(first, console.readPassword("Once more: "))) {
            throw new ParameterException(spec.commandLine(), "the pass phrases differ");
        }
        return new String(first);
    }
}
