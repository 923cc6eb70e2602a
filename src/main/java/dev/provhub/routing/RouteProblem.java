package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.nio.file.Path;

/**
 * What is wrong with a route file.
 *
 * @param file       which
 * @param line       from 1; 0 when the whole file or the whole set is meant
 * @param column     from 1; 0 when the whole line is meant
 * @param message    what is wrong and what is expected, in one line
 * @param suggestion the known name that is nearest to one that is not known; empty for none
 */
public record RouteProblem(Path file, int line, int column, String message, String suggestion)
        implements Comparable<RouteProblem> {
    /** One that has no place in its line. */
    public RouteProblem(Path file, int line, String message) {
        this(file, line, 0, message, "");
    }

    static RouteProblem at(Path file, YamlNode node, String message, String suggestion) {
        return new RouteProblem(file, node.line(), node.column(), message, suggestion);
    }

    /** What is wrong, with the suggestion. */
    public String reason() {
        return suggestion.isEmpty() ? message : message + "; did you mean '" + suggestion + "'?";
    }

    @Override
    public int compareTo(RouteProblem other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "") + ": " + reason();
    }
}
