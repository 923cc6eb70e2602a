package dev.provhub.routing;

import java.io.Serial;

/** A route is at work that must not be broken off. */
final class RouteBusyException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    RouteBusyException(String route) {
        super("route '" + route + "' is at work on something that it has taken; it is not broken off");
    }
}
