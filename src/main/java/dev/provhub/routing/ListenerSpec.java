package dev.provhub.routing;

import org.apache.camel.builder.NoErrorHandlerBuilder;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The listening part of a route. While it is the same, what listens is left alone, whatever becomes of the steps.
 *
 * @param route     id of the route
 * @param part      the key of the piece of a file that it comes from
 * @param uri       of the endpoint
 * @param like      what else says how it starts
 * @param standsOn  what the endpoint stands on: beans, a kamelet, the configuration of the administration interface
 */
record ListenerSpec(String route, String part, String uri, Like like, String standsOn) {
    /** As the route has it. */
    record Like(
            @Nullable String id,
            @Nullable String autoStartup,
            @Nullable String policy,
            @Nullable String precondition,
            @Nullable Integer startupOrder,
            @Nullable String shutdownRunningTask,
            @Nullable String description) {}

    static ListenerSpec of(RouteDefinition route, String part, String standsOn) {
        FromDefinition from = route.getInput();
        return new ListenerSpec(
                route.getRouteId(),
                part,
                from.getEndpointUri(),
                new Like(
                        from.getId(),
                        route.getAutoStartup(),
                        route.getRoutePolicyRef(),
                        route.getPrecondition(),
                        route.getStartupOrder(),
                        route.getShutdownRunningTask(),
                        route.getDescriptionText()),
                standsOn);
    }

    /** Whether its endpoint makes routes of its own in the context in which it is: then it has one for itself. */
    boolean isKamelet() {
        return uri.startsWith("kamelet:");
    }

    /** Whether what listens can stay as it is. */
    boolean listensAs(ListenerSpec other) {
        return uri.equals(other.uri)
                && standsOn.equals(other.standsOn)
                && same(like.autoStartup, other.like.autoStartup)
                && same(like.policy, other.like.policy)
                && same(like.precondition, other.like.precondition);
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return java.util.Objects.equals(one, other);
    }

    /** Takes what comes and hands it over. */
    RouteDefinition definition() {
        RouteDefinition route = new RouteDefinition();
        route.setId(this.route);
        if (like.description != null) {
            route.setDescription(like.description);
        }
        FromDefinition from = new FromDefinition(uri);
        if (like.id != null) {
            from.setId(like.id);
        }
        route.setInput(from);
        route.setAutoStartup(like.autoStartup);
        route.setRoutePolicyRef(like.policy);
        route.setPrecondition(like.precondition);
        route.setStartupOrder(like.startupOrder);
        route.setShutdownRunningTask(like.shutdownRunningTask);
        route.setErrorHandlerFactory(new NoErrorHandlerBuilder());
        route.to(handover());
        return route;
    }

    String handover() {
        return FlowComponent.LISTENER + ":" + route;
    }

    /** Leaves the steps of a route behind, to which a listener hands over. */
    void takeFrom(RouteDefinition whole) {
        whole.getInput().setUri(handover());
        whole.setAutoStartup(null);
        whole.setRoutePolicyRef(null);
    }
}
