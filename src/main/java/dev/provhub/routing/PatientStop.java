package dev.provhub.routing;

import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Stops what listens. What is asked by others is closed when it has not come to an end in time, as ever. What fetches its own work, as
 * a folder does, is not: Camel would interrupt its thread, and a database in a file of its own that is interrupted while it writes is
 * closed for everybody until the next start.
 */
final class PatientStop {
    private static final long PATIENCE_SECONDS = 1;

    private PatientStop() {}

    /**
     * Stops a route.
     *
     * @throws RouteBusyException when it has to be waited for; then it goes on
     * @throws Exception          what Camel says
     */
    static void stop(CamelContext context, String id) throws Exception {
        if (!fetches(context, id)) {
            context.getRouteController().stopRoute(id);
        } else if (!context.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS, true)) {
            context.getRouteController().resumeRoute(id);
            throw new RouteBusyException(id);
        }
    }

    /** As {@link #stop}; it can be resumed. */
    static void suspend(CamelContext context, String id) throws Exception {
        if (fetches(context, id) && context.getInflightRepository().size(id) > 0) {
            throw new RouteBusyException(id);
        }
        context.getRouteController().suspendRoute(id);
    }

    private static boolean fetches(CamelContext context, String id) {
        Route route = context.getRoute(id);
        return route != null && route.getConsumer() instanceof ScheduledPollConsumer;
    }
}
