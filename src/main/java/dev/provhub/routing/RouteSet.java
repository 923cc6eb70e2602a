package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Route files and kamelets as they were at one moment: what is checked is what is loaded.
 *
 * @param files   in the order in which they are loaded
 * @param ignored those that lie among them and, by their names, are neither
 */
public record RouteSet(List<RouteFile> files, List<Path> ignored) {
    /** Copies lists. */
    public RouteSet {
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
    }

    /** One among which nothing else lies. */
    public RouteSet(List<RouteFile> files) {
        this(files, List.of());
    }

    /** What people are told of files that are not looked at: it keeps nothing from running. */
    public List<RouteProblem> warnings() {
        return ignored.stream()
                .map(file -> new RouteProblem(
                        file,
                        0,
                        "is not looked at, since its name ends neither in .camel.yaml, as that of routes does, nor in"
                                + " .kamelet.yaml or .test.yaml"))
                .toList();
    }

    /**
     * Reads files.
     *
     * @throws IllegalConfigurationException when one cannot be read
     */
    static RouteSet of(List<Path> paths) {
        List<RouteFile> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                files.add(new RouteFile(path, Files.readString(path), false));
            } catch (IOException e) {
                throw new IllegalConfigurationException(path, 0, "cannot be read: " + e.getMessage());
            }
        }
        return new RouteSet(files);
    }
}
