package dev.provhub.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code HUB_LOG_LEVEL} and {@code HUB_ROOT_LOG_LEVEL}. Log4j reads them itself when the first class logs, and with a word that it does
 * not know the hub would be quieter than without; so they are looked at before that.
 */
public final class LogLevelVariables {
    private static final List<String> OWN = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final List<String> OTHERS = List.of("info", "warn", "error", "off");

    private LogLevelVariables() {}

    /** Prints what is wrong with them, if anything is. */
    public static boolean areWrong(Map<String, String> environment) {
        String mistake = mistake(environment);
        if (mistake != null) {
            System.err.println("hub: " + mistake);
        }
        return mistake != null;
    }

    static @Nullable String mistake(Map<String, String> environment) {
        String own = environment.getOrDefault("HUB_LOG_LEVEL", "info");
        if (!OWN.contains(own)) {
            return "HUB_LOG_LEVEL = " + own + " is not allowed; allowed: " + String.join(", ", OWN);
        }
        String others = environment.getOrDefault("HUB_ROOT_LOG_LEVEL", "warn");
        return OTHERS.contains(others)
                ? null
                : "HUB_ROOT_LOG_LEVEL = " + others + " is not allowed; allowed: " + String.join(", ", OTHERS)
                        + " (other loggers may print secrets)";
    }
}
