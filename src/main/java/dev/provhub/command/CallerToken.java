package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * By which token commands ask: {@code HUB_TOKEN}, or the one in the file that {@code HUB_TOKEN_FILE} names; where neither is set, the
 * one that the hub keeps in its data folder. Never an option: other users of the machine see those.
 */
final class CallerToken {
    private static final String TOKEN = "HUB_TOKEN";
    private static final String FILE = "HUB_TOKEN_FILE";

    private CallerToken() {}

    /** @throws IllegalConfigurationException when it cannot be read or is none; a variable that is empty is no leave to be somebody else */
    static String of(HubConfig config, Map<String, String> environment) {
        String token = environment.get(TOKEN);
        String file = environment.get(FILE);
        if (token != null && file != null) {
            throw new IllegalConfigurationException(TOKEN + " and " + FILE + " are both set; allowed: one of them");
        }
        if (token != null) {
            return checked(TOKEN, token.strip());
        }
        return file == null ? ofHub(config) : checked(FILE + " = " + file, read(file));
    }

    /** The one in the data folder. */
    static String ofHub(HubConfig config) {
        Path file = config.folders().data().resolve("admin.token");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalConfigurationException("the administration token " + file
                    + " cannot be read; the hub writes it on its first start. Who has a token of their own sets "
                    + TOKEN + " or " + FILE);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalConfigurationException(
                    FILE + " = " + file + " cannot be read; allowed: a file with a token in it, and nothing else");
        }
    }

    /** What does not fit into a header would be told with its value. */
    private static String checked(String where, String token) {
        if (!token.matches("[!-~]{1,1000}")) {
            throw new IllegalConfigurationException(where + (token.isEmpty() ? " is empty" : " is no token")
                    + "; allowed: one as './hub token create' prints it");
        }
        return token;
    }
}
