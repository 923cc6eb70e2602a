package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.AuditLog;
import dev.provhub.device.UnitOfWork;
import dev.provhub.ops.RoutesHealth;
import dev.provhub.routing.LiveRoutes;
import dev.provhub.routing.RouteCheck;
import dev.provhub.routing.RouteFolders;
import dev.provhub.routing.RouteProblem;
import dev.provhub.routing.RoutesState;
import dev.provhub.routing.Trace;
import dev.provhub.routing.Traces;
import dev.provhub.steps.RoutesStep;
import dev.provhub.steps.TracesStep;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The routes of a hub: which run, and the watch over their files. */
final class HubRoutes implements RoutesStep.Routes, AutoCloseable {
    private final RouteFolders folders;
    private final Clock clock;
    private final Traces traces;
    private volatile @Nullable LiveRoutes live;

    HubRoutes(HubConfig config, Clock clock) {
        this.folders = RouteFolders.of(config.folders());
        this.clock = clock;
        this.traces = new Traces(clock);
    }

    /** By the names that routes use. */
    Map<String, Object> steps(UnitOfWork work, AuditLog audit) {
        return Map.of(
                "routes", new RoutesStep(this, work, audit),
                "traces", new TracesStep(traces, work, audit),
                "routesHealth", new RoutesHealth(this::firstProblem));
    }

    private Optional<String> firstProblem() {
        return refused().stream()
                .findFirst()
                .map(problem -> name(problem.file()) + " line " + problem.line() + ": " + problem.reason());
    }

    /** @throws Exception what is wrong with the first route that cannot be started */
    void start(HubContext contexts) throws Exception {
        RouteCheck check = new RouteCheck(
                contexts::trial, contexts.parts().steps(), contexts.parts().neededRoutes());
        live = LiveRoutes.start(folders.read(), check, contexts, traces, clock);
    }

    /** What changes with the files. */
    String stamp() {
        return folders.stamp();
    }

    /** Takes the files as they are now for an edit. */
    void reload() {
        LiveRoutes running = live;
        if (running == null) {
            return;
        }
        try {
            running.offer(folders.read());
        } catch (IllegalConfigurationException e) {
            running.unreadable(e, folders);
        }
    }

    /** Has somebody told of what each request goes through. */
    void follow(Consumer<Trace> told) {
        traces.follow(told);
    }

    int size() {
        LiveRoutes running = live;
        return running == null ? 0 : running.size();
    }

    /** What is wrong with the files as they are now. */
    List<RouteProblem> refused() {
        LiveRoutes running = live;
        return running == null ? List.of() : running.refused();
    }

    RoutesState.Reloads reloads() {
        LiveRoutes running = live;
        return running == null ? new RoutesState.Reloads(0, 0, 0, 0) : running.reloads();
    }

    @Override
    public Optional<String> picture(String id) {
        LiveRoutes running = live;
        return running == null ? Optional.empty() : running.picture(id);
    }

    @Override
    public void command(String id, String command) throws Exception {
        LiveRoutes running = live;
        if (running == null) {
            throw new IllegalArgumentException("no route runs yet");
        }
        running.command(id, command);
    }

    @Override
    public String name(Path file) {
        return folders.name(file);
    }

    @Override
    public boolean isOfSite(Path file) {
        return folders.isOfSite(file);
    }

    /** How they are; before the start there are none. */
    @Override
    public RoutesState state() {
        LiveRoutes running = live;
        return running == null
                ? new RoutesState(List.of(), clock.instant(), List.of(), List.of(), new RoutesState.Reloads(0, 0, 0, 0))
                : running.state();
    }

    @Override
    public void close() {
        LiveRoutes running = live;
        if (running != null) {
            running.close();
        }
    }
}
