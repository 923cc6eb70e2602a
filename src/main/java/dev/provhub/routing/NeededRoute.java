package dev.provhub.routing;

import java.nio.file.Path;

/**
 * A route without which a set of files is refused.
 *
 * @param id     of the route
 * @param file   that asks for it
 * @param reason what that file says
 */
public record NeededRoute(String id, Path file, String reason) {
    RouteProblem missing() {
        return new RouteProblem(file, 0, reason + ", but there is no route " + id);
    }
}
