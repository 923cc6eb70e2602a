package dev.provhub.routing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/**
 * Loads pieces of route files into a context whose routes never start: finds a missing bean, method, component, option, kamelet,
 * placeholder or expression. Over the whole set it also finds a {@code direct:} that nobody consumes, two routes of one id and two
 * that listen at one address.
 */
final class TrialLoad {
    private final Supplier<CamelContext> contexts;
    private final List<RoutePart> parts;
    private final ParsedFiles parsed;
    private final Map<String, String> signatures;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> partsOfRoutes = new HashMap<>();
    private final Map<String, TriedSet.Made> made = new LinkedHashMap<>();
    private Map<String, TriedSet.Made> rest = Map.of();
    private boolean isWhole = true;

    /** Where a route begins. */
    private record Place(Path file, int line) {}

    private TrialLoad(Supplier<CamelContext> contexts, List<RoutePart> parts, ParsedFiles parsed) {
        this.contexts = contexts;
        this.parts = parts;
        this.parsed = parsed;
        this.signatures = Signatures.of(parts);
    }

    /**
     * Loads what differs, or everything when something is gone on which the rest may stand.
     *
     * @param parts  the whole set
     * @param parsed what its files say
     * @param before the last set that could be loaded; null for none
     */
    static TrialLoad of(
            Supplier<CamelContext> contexts, List<RoutePart> parts, ParsedFiles parsed, @Nullable TriedSet before) {
        TrialLoad trial = new TrialLoad(contexts, parts, parsed);
        Set<RoutePart> differing = before == null ? Set.of() : before.differing(parts, trial.signatures);
        if (before == null || differing.size() == parts.size()) {
            trial.load(new LinkedHashSet<>(parts));
            return trial;
        }
        trial.rest = before.without(differing);
        trial.load(differing);
        return !trial.problems.isEmpty() || before.isKeptBy(trial.made, trial.rest)
                ? trial
                : of(contexts, parts, parsed, null);
    }

    /**
     * Loads what differs of pieces that are not a whole set: that something is nowhere among them is not looked at.
     *
     * @param before the last set that could be loaded; null for none, then all of them are loaded
     */
    static TrialLoad ofSome(
            Supplier<CamelContext> contexts, List<RoutePart> parts, ParsedFiles parsed, @Nullable TriedSet before) {
        TrialLoad trial = new TrialLoad(contexts, parts, parsed);
        trial.isWhole = false;
        Set<RoutePart> differing = new LinkedHashSet<>(parts);
        if (before != null) {
            differing.removeIf(
                    part -> Objects.equals(before.signatures().get(part.key()), trial.signatures.get(part.key())));
            trial.rest = before.without(differing);
        }
        trial.load(differing);
        return trial;
    }

    List<RouteProblem> problems() {
        return problems;
    }

    /** What was seen, after nothing was wrong. */
    TriedSet tried() {
        Map<String, TriedSet.Made> all = new LinkedHashMap<>(rest);
        all.putAll(made);
        return new TriedSet(signatures, all);
    }

    private void load(Set<RoutePart> differing) {
        if (differing.isEmpty()) {
            return;
        }
        Set<RoutePart> wanted = new LinkedHashSet<>(differing);
        wanted.addAll(Signatures.closure(differing, parts));
        for (RoutePart part : parts) {
            part.routes().forEach((id, line) -> {
                places.put(id, new Place(part.file().file(), line));
                partsOfRoutes.put(id, part.key());
            });
        }
        Path first = parts.get(0).file().file();
        List<RouteFile> files = wanted.stream().map(RoutePart::file).distinct().toList();
        List<RoutePart> chosen = List.copyOf(wanted);
        try (CamelContext context = contexts.get()) {
            context.setAutoStartup(false);
            context.getRestConfiguration().setInlineRoutes(false);
            files.stream().filter(RouteFile::isGroovy).forEach(file -> RouteLoading.bind(context, file));
            files.stream().filter(RouteFile::isKamelet).forEach(file -> loadOne(context, file, file.text()));
            parts.stream()
                    .map(RoutePart::file)
                    .distinct()
                    .filter(files::contains)
                    .filter(file -> !file.isKamelet() && !file.isGroovy())
                    .forEach(file -> loadOne(
                            context, file, RouteParts.only(file, RouteParts.of(file, parsed.root(file)), chosen)));
            if (problems.isEmpty()) {
                Generation.nameRests((ModelCamelContext) context);
                start(context, first);
            }
        } catch (Exception e) {
            problems.add(new RouteProblem(first, 0, "the set cannot be unloaded again: " + Reasons.of(e)));
        }
    }

    private void loadOne(CamelContext context, RouteFile file, String text) {
        Set<String> before = ids(context);
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(RouteLoading.resource(file, text));
            ids(context).stream()
                    // A route that is made of a path has none yet
                    .filter(id -> id != null && !before.contains(id))
                    .forEach(id -> places.putIfAbsent(id, new Place(file.file(), 0)));
        } catch (Exception e) {
            problems.add(
                    file.isGroovy()
                            ? new RouteProblem(file.file(), Reasons.lineIn(e), Reasons.brief(e))
                            : Blame.alone(e, file, parsed.root(file)));
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
            problems.add(new Blame(parts, parsed).of(e, "", first));
            return;
        }
        Set<String> consumed = new HashSet<>();
        Addresses addresses = new Addresses();
        rest.forEach((id, route) -> {
            consumed.add(route.endpoint());
            addresses.take(id, route.uri());
        });
        for (Route route : context.getRoutes()) {
            Endpoint from = route.getEndpoint();
            if (route.isCreatedByKamelet() && from.getEndpointUri().startsWith("kamelet:")) {
                // It is called by the route that has made it, and by no other
                continue;
            }
            made.put(
                    route.getRouteId(),
                    new TriedSet.Made(
                            partsOfRoutes.getOrDefault(route.getRouteId(), TriedSet.NOBODY),
                            from.getEndpointKey(),
                            from.getEndpointUri()));
            consumed.add(from.getEndpointKey());
            String other = addresses.take(route.getRouteId(), from.getEndpointUri());
            if (!other.isEmpty()) {
                Place place = places.getOrDefault(route.getRouteId(), new Place(first, 0));
                problems.add(new RouteProblem(
                        place.file(),
                        place.line(),
                        "route '" + route.getRouteId() + "' listens where '" + other + "' does already"));
            }
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            if (isWhole && endpoint instanceof DirectEndpoint && !consumed.contains(endpoint.getEndpointKey())) {
                problems.add(new RouteProblem(
                        first,
                        0,
                        "nothing consumes " + endpoint.getEndpointUri().replace("://", ":")));
            }
        }
    }
}
