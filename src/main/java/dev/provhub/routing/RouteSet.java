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
 * @param files in the order in which they are loaded
 */
public record RouteSet(List<RouteFile> files) {
    /** Copies the list. */
    public RouteSet {
        files = List.copyOf(files);
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
