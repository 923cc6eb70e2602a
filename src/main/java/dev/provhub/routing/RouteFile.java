package dev.provhub.routing;

import java.nio.file.Path;

/**
 * A route file or a kamelet as it was read once.
 *
 * @param file where it lies
 * @param text all of it
 * @param site whether it is the site's own and not a shipped one
 */
public record RouteFile(Path file, String text, boolean site) {
    private static final String KAMELET = ".kamelet.yaml";

    static boolean isOne(String name) {
        return name.endsWith(RouteFiles.ENDING) || name.endsWith(KAMELET);
    }

    /** Its name without folders. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    boolean isKamelet() {
        return name().endsWith(KAMELET);
    }
}
