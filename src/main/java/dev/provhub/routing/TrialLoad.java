package dev.provhub.routing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads route files into a context whose routes never start: finds a missing bean, method, component, option, Kamelet or
 * expression. Over the whole set it also finds a {@code direct:} that nobody consumes and two routes of one id.
 */
final class TrialLoad {
    private final Supplier<CamelContext> contexts;

    TrialLoad(Supplier<CamelContext> contexts) {
        this.contexts = contexts;
    }

    List<RouteProblem> load(List<Path> files) {
        List<RouteProblem> problems = new ArrayList<>();
        try (CamelContext context = contexts.get()) {
            context.setAutoStartup(false);
            Map<String, Path> fileOfRoute = new HashMap<>();
            for (Path file : files) {
                loadOne(context, file, fileOfRoute, problems);
            }
            if (problems.isEmpty()) {
                start(context, files, fileOfRoute, problems);
            }
        } catch (Exception e) {
            problems.add(new RouteProblem(files.get(0), 0, "the set cannot be unloaded again: " + Reasons.of(e)));
        }
        return problems;
    }

    private static void loadOne(
            CamelContext context, Path file, Map<String, Path> fileOfRoute, List<RouteProblem> problems) {
        Set<String> before = ids(context);
        Resource resource = ResourceHelper.resolveResource(context, "file:" + file.toAbsolutePath());
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        try {
            loader.loadRoutes(resource);
            ids(context).stream().filter(id -> !before.contains(id)).forEach(id -> fileOfRoute.put(id, file));
        } catch (Exception e) {
            problems.add(new RouteProblem(file, Reasons.lineIn(e), Reasons.of(e)));
        }
    }

    private static Set<String> ids(CamelContext context) {
        Set<String> ids = new HashSet<>();
        ((org.apache.camel.model.ModelCamelContext) context)
                .getRouteDefinitions()
                .forEach(route -> ids.add(route.getRouteId()));
        return ids;
    }

    private static void start(
            CamelContext context, List<Path> files, Map<String, Path> fileOfRoute, List<RouteProblem> problems) {
        try {
            context.start();
        } catch (Exception e) {
            String reason = Reasons.of(e);
            Path file = fileOfRoute.entrySet().stream()
                    .filter(entry -> Reasons.names(e, entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(files.get(0));
            problems.add(new RouteProblem(file, 0, reason));
            return;
        }
        Set<String> consumed = new HashSet<>();
        for (Route route : context.getRoutes()) {
            consumed.add(route.getEndpoint().getEndpointKey());
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof DirectEndpoint && !consumed.contains(endpoint.getEndpointKey())) {
                problems.add(new RouteProblem(
                        files.get(0),
                        0,
                        "nothing consumes " + endpoint.getEndpointUri().replace("://", ":")));
            }
        }
    }
}
