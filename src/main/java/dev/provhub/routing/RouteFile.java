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
    private static final String GROOVY = ".groovy";

    static boolean isOne(String name) {
        return name.endsWith(RouteFiles.ENDING) || name.endsWith(KAMELET);
    }

    /** Its name without folders. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Whether it is a step of the site's own, which is called as the file is. */
    boolean isGroovy() {
        return name().endsWith(GROOVY);
    }

    String step() {
        return name().substring(0, name().length() - GROOVY.length());
    }

    /** What a kamelet is called, by its file. */
    String kamelet() {
        return name().substring(0, name().length() - KAMELET.length());
    }

    boolean isKamelet() {
        return name().endsWith(KAMELET);
    }
}
