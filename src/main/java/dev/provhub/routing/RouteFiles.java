package dev.provhub.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a routes folder. */
public final class RouteFiles {
    /** How a route file's name ends. */
    public static final String ENDING = ".camel.yaml";

    private RouteFiles() {}

    /**
     * All route files below a folder, in the order of their names, so that the same set is always loaded the same way.
     *
     * @throws UncheckedIOException when the folder cannot be read
     */
    public static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("routes folder " + folder + " cannot be read", e);
        }
    }

    /** A file's name without its ending: what the id of its route must be. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
