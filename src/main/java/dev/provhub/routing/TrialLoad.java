package dev.provhub.routing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;

/**
 * Loads route files into a context whose routes never start: finds a missing bean, method, component, option, kamelet,
 * placeholder or expression. Over the whole set it also finds a {@code direct:} that nobody consumes, two routes of one id and two
 * that listen at one address.
 */
final class TrialLoad {
    private final Supplier<CamelContext> contexts;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    /** Where a route begins. */
    private record Place(Path file, int line) {}

    TrialLoad(Supplier<CamelContext> contexts) {
        this.contexts = contexts;
    }

    List<RouteProblem> load(RouteSet set) {
        if (set.files().isEmpty()) {
            return List.of();
        }
        Path first = set.files().get(0).file();
        try (CamelContext context = contexts.get()) {
            context.setAutoStartup(false);
            context.getRestConfiguration().setInlineRoutes(false);
            for (RoutePart part : RouteParts.of(set)) {
                part.routes()
                        .forEach((id, line) ->
                                places.put(id, new Place(part.file().file(), line)));
            }
            set.files().stream().filter(RouteFile::isGroovy).forEach(file -> RouteLoading.bind(context, file));
            set.files().stream().filter(RouteFile::isKamelet).forEach(file -> loadOne(context, file));
            set.files().stream()
                    .filter(file -> !file.isKamelet() && !file.isGroovy())
                    .forEach(file -> loadOne(context, file));
            if (problems.isEmpty()) {
                start(context, first);
            }
        } catch (Exception e) {
            problems.add(new RouteProblem(first, 0, "the set cannot be unloaded again: " + Reasons.of(e)));
        }
        return problems;
    }

    private void loadOne(CamelContext context, RouteFile file) {
        Set<String> before = ids(context);
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        try {
            loader.loadRoutes(RouteLoading.resource(file, file.text()));
            ids(context).stream()
                    .filter(id -> !before.contains(id))
                    .forEach(id -> places.putIfAbsent(id, new Place(file.file(), 0)));
        } catch (Exception e) {
            problems.add(new RouteProblem(file.file(), Reasons.lineIn(e, file), Reasons.of(e)));
        }
    }

    private static Set<String> ids(CamelContext context) {
        Set<String> ids = new HashSet<>();
        ((ModelCamelContext) context).getRouteDefinitions().forEach(route -> Optional.ofNullable(route.getRouteId())
                .ifPresent(ids::add));
        return ids;
    }

    private void start(CamelContext context, Path first) {
        try {
            context.start();
        } catch (Exception e) {
            Place place = places.entrySet().stream()
                    .filter(entry -> Reasons.names(e, entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Place(first, 0));
            problems.add(new RouteProblem(place.file(), place.line(), Reasons.of(e)));
            return;
        }
        Set<String> consumed = new HashSet<>();
        Addresses addresses = new Addresses();
        for (Route route : context.getRoutes()) {
            consumed.add(route.getEndpoint().getEndpointKey());
            String other =
                    addresses.take(route.getRouteId(), route.getEndpoint().getEndpointUri());
            if (!other.isEmpty()) {
                Place place = places.getOrDefault(route.getRouteId(), new Place(first, 0));
                problems.add(new RouteProblem(
                        place.file(),
                        place.line(),
                        "route '" + route.getRouteId() + "' listens where '" + other + "' does already"));
            }
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof DirectEndpoint && !consumed.contains(endpoint.getEndpointKey())) {
                problems.add(new RouteProblem(
                        first,
                        0,
                        "nothing consumes " + endpoint.getEndpointUri().replace("://", ":")));
            }
        }
    }
}
