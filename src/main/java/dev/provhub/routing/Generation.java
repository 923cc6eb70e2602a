package dev.provhub.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;

/**
 * What was loaded together: a context of its own, in which every route is called and none listens. It answers nobody until its
 * flows are put into the table, so that it can be made while others run, and thrown away again.
 */
final class Generation implements AutoCloseable {
    private final CamelContext context;
    private final List<Flow> flows = new ArrayList<>();
    private final List<ListenerSpec> listeners = new ArrayList<>();
    private final Map<String, List<RestDefinition>> rests = new HashMap<>();
    private final Map<String, Object> beans = new HashMap<>();

    private Generation(CamelContext context) {
        this.context = context;
    }

    /**
     * Loads pieces and starts them.
     *
     * @param all    every piece of the set
     * @param routes those that make routes
     * @param shared those that these stand on and that are to be made anew
     * @param beforeStart told of what is to listen
     * @throws Exception what Camel says of the first that it cannot take; then nothing is left of it
     */
    static Generation load(
            CamelContext context,
            Flows table,
            List<RoutePart> all,
            Collection<RoutePart> routes,
            Collection<RoutePart> shared,
            Consumer<List<ListenerSpec>> beforeStart)
            throws Exception {
        Generation generation = new Generation(context);
        try {
            FlowComponent called = table.connect(context);
            FlowComponent entered = new FlowComponent(table);
            context.addComponent(FlowComponent.LISTENER, entered);
            // Else the route behind a path would have no name by which it can be called
            context.getRestConfiguration().setInlineRoutes(false);
            List<RoutePart> wanted = new ArrayList<>(shared);
            wanted.addAll(routes);
            RouteLoading.load(context, all, wanted);
            generation.split(all, partsOfRoutes(routes));
            beforeStart.accept(generation.listeners);
            context.start();
            generation.collect(called, partsOfRoutes(routes));
            generation.collect(entered, partsOfRoutes(routes));
            for (RoutePart part : shared) {
                if (part.makesBeans()) {
                    part.names().forEach(name -> generation.own(name));
                }
            }
            return generation;
        } catch (Exception | LinkageError e) {
            generation.close();
            throw e;
        }
    }

    private void own(String name) {
        Object bean = context.getRegistry().lookupByName(name);
        if (bean != null) {
            beans.put(name, bean);
        }
    }

    private static Map<String, RoutePart> partsOfRoutes(Collection<RoutePart> routes) {
        Map<String, RoutePart> parts = new HashMap<>();
        routes.forEach(part -> part.routes().keySet().forEach(id -> parts.put(id, part)));
        return parts;
    }

    /** Every route that listens becomes a listener, which is not of this context, and a flow. */
    private void split(List<RoutePart> all, Map<String, RoutePart> parts) {
        ModelCamelContext model = (ModelCamelContext) context;
        nameRests(model);
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            RoutePart part = parts.get(route.getRouteId());
            if (part == null) {
                throw new IllegalStateException("route '" + route.getRouteId() + "' has no id of its own");
            }
            if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                ListenerSpec spec = ListenerSpec.of(route, part.key(), standsOn(route, all, part));
                listeners.add(spec);
                spec.takeFrom(route);
            }
        }
        for (RestDefinition rest : model.getRestDefinitions()) {
            rest.getVerbs().stream()
                    .map(VerbDefinition::getId)
                    .map(parts::get)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .ifPresent(part -> rests.computeIfAbsent(part.key(), key -> new ArrayList<>())
                            .add(rest));
        }
    }

    /** A route that Camel has made of a path is called as the path is. */
    static void nameRests(ModelCamelContext model) {
        IdentityHashMap<ProcessorDefinition<?>, String> ids = new IdentityHashMap<>();
        for (RestDefinition rest : model.getRestDefinitions()) {
            rest.getVerbs().stream()
                    .filter(verb -> verb.getId() != null)
                    .forEach(verb -> ids.put(verb.getTo(), verb.getId()));
        }
        for (RouteDefinition route : model.getRouteDefinitions()) {
            route.getOutputs().stream()
                    .map(ids::get)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .ifPresent(route::routeId);
        }
    }

    private static String standsOn(RouteDefinition route, List<RoutePart> all, RoutePart part) {
        String uri = route.getInput().getEndpointUri();
        Set<RoutePart> named = new HashSet<>();
        for (RoutePart shared : all) {
            boolean isNamed = shared.kind().equals("restConfiguration")
                    ? part.kind().equals("rest")
                    : shared.isShared() && shared.names().stream().anyMatch(name -> RoutePart.names(uri, name));
            if (isNamed) {
                named.add(shared);
            }
        }
        StringBuilder text = new StringBuilder();
        List<RoutePart> reached = new ArrayList<>(named);
        reached.addAll(Signatures.closure(named, all));
        reached.stream().distinct().forEach(shared -> text.append(shared.text()).append('\n'));
        return text.toString();
    }

    private void collect(FlowComponent component, Map<String, RoutePart> parts) {
        for (Map.Entry<String, DirectConsumer> entry : component.consumers().entrySet()) {
            String route = entry.getValue().getRouteId();
            RoutePart part = parts.get(route);
            if (part != null) {
                flows.add(new Flow(
                        entry.getKey(), route, part.key(), entry.getValue().getAsyncProcessor(), this));
            }
        }
    }

    List<Flow> flows() {
        return flows;
    }

    List<ListenerSpec> listeners() {
        return listeners;
    }

    /** What it has of the administration interface, by the key of the piece. */
    Map<String, List<RestDefinition>> rests() {
        return rests;
    }

    /** The beans that it has made, by name. */
    Map<String, Object> beans() {
        return beans;
    }

    CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        context.stop();
    }
}
