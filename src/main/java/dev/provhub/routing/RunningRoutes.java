package dev.provhub.routing;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

/** What a step can know of the routes that its exchange goes through, whatever context they are in. */
public final class RunningRoutes {
    private RunningRoutes() {}

    /**
     * Where a route takes from, without options, such as {@code direct:take-order}; where the exchange came in when the route is
     * not there.
     */
    public static String from(Exchange exchange, String route) {
        Route listens = exchange.getContext().getRoute(route);
        if (listens != null) {
            return withoutSlashes(listens.getEndpoint());
        }
        if (exchange.getProperty(Flows.VERSION) instanceof FlowVersion version) {
            for (Flow flow : version.flows()) {
                if (flow.route().equals(route)) {
                    return flow.key();
                }
            }
        }
        return exchange.getFromEndpoint() == null ? "" : withoutSlashes(exchange.getFromEndpoint());
    }

    private static String withoutSlashes(Endpoint endpoint) {
        return endpoint.getEndpointBaseUri().replace("://", ":");
    }
}
