package dev.provhub.routing;

import java.nio.file.Path;

/**
 * What is wrong with a route file.
 *
 * @param file    which
 * @param line    from 1; 0 when the whole file or the whole set is meant
 * @param message what is wrong and what is expected, in one line
 */
public record RouteProblem(Path file, int line, String message) implements Comparable<RouteProblem> {
    @Override
    public int compareTo(RouteProblem other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
