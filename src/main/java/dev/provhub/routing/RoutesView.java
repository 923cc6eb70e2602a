package dev.provhub.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** What people see of the routes that run. */
final class RoutesView {
    private final Flows table;
    private final Listeners listeners;
    private final Object lock;

    /** @param lock held by whoever changes the listeners */
    RoutesView(Flows table, Listeners listeners, Object lock) {
        this.table = table;
        this.listeners = listeners;
        this.lock = lock;
    }

    /** Every route of these pieces, by id. */
    List<RoutesState.Running> running(List<RoutePart> parts) {
        List<RoutesState.Running> routes = new ArrayList<>();
        Map<String, Flow> flows = table.inForce();
        Map<String, String> from = new HashMap<>();
        flows.forEach((key, flow) -> from.put(flow.route(), key));
        Map<String, ListenerSpec> specs;
        synchronized (lock) {
            specs = listeners.specs();
        }
        for (RoutePart part : parts) {
            part.routes().forEach((id, line) -> {
                ListenerSpec spec = specs.get(id);
                String source = spec != null ? spec.uri() : from.get(id);
                if (source != null) {
                    routes.add(new RoutesState.Running(
                            id,
                            describe(flows, source, id),
                            withoutOptions(source),
                            state(id, spec),
                            part.file().file(),
                            line,
                            part.file().site(),
                            figures(id, parts)));
                }
            });
        }
        routes.sort(Comparator.comparing(RoutesState.Running::id));
        return routes;
    }

    /** A picture of a route's steps, as Mermaid draws it; empty when there is no such route. */
    Optional<String> picture(String id) {
        return table.inForce().values().stream()
                .filter(flow -> flow.route().equals(id))
                .findFirst()
                .flatMap(flow -> {
                    ModelCamelContext model =
                            (ModelCamelContext) flow.generation().context();
                    RouteDefinition route = model.getRouteDefinition(id);
                    String from;
                    synchronized (lock) {
                        ListenerSpec spec = listeners.specs().get(id);
                        from = spec == null ? flow.key() : withoutOptions(spec.uri());
                    }
                    return Optional.ofNullable(route).map(one -> FlowPicture.of(one, from));
                });
    }

    private static String describe(Map<String, Flow> flows, String source, String id) {
        Flow flow = flows.containsKey(source) ? flows.get(source) : flows.get(FlowComponent.LISTENER + ":" + id);
        CamelContext context = flow == null ? null : flow.generation().context();
        var route = context == null ? null : context.getRoute(id);
        String description = route == null ? null : route.getDescription();
        return description == null ? "" : description;
    }

    private static String withoutOptions(String uri) {
        return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    }

    private String state(String id, @Nullable ListenerSpec spec) {
        if (table.isStopped(id)) {
            return "stopped";
        }
        if (spec == null) {
            return "started";
        }
        synchronized (lock) {
            return listeners.state(id);
        }
    }

    private static RoutesState.@Nullable Place place(@Nullable FailedStep failed, List<RoutePart> parts) {
        if (failed == null) {
            return null;
        }
        Pattern id = Pattern.compile("^[ -]*id: *[\"']?" + Pattern.quote(failed.step()) + "[\"']? *(#.*)?$");
        for (RoutePart part : parts) {
            int line = part.line();
            for (String text : part.text().lines().toList()) {
                if (id.matcher(text).matches()) {
                    return new RoutesState.Place(failed.step(), part.file().file(), line, failed.script());
                }
                line++;
            }
        }
        return new RoutesState.Place(failed.step(), null, 0, failed.script());
    }

    private RoutesState.Figures figures(String id, List<RoutePart> parts) {
        RouteMeter meter = table.meter(id);
        RouteMeter.Failure last = meter.last();
        return new RoutesState.Figures(
                meter.exchanges(),
                meter.failures(),
                meter.inFlight(),
                meter.meanMillis(),
                meter.worstMillis(),
                last == null ? null : last.reason(),
                last == null ? null : last.time(),
                place(last == null ? null : last.in(), parts));
    }
}
