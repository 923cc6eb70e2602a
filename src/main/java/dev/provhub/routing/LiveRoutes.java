package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a running hub. An edit of their files is judged apart from what runs, loaded beside it, and then put in force at
 * once; only what differs is loaded, and what listens is left alone while its {@code from} is the same. When an edit is refused, or
 * fails when it is put in force, what ran before runs on.
 */
public final class LiveRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    /** When routes of more are in force, the next edit loads everything together. */
    private static final int MOST_EDITIONS = 16;
    /** From so many on, everything is loaded together once nobody edits. */
    private static final int FOLDED_EDITIONS = 4;

    private static final long FOLD_AFTER_SECONDS = 60;
    /** Then nobody waits for a hub that has been started any more. */
    private static final long LEARN_AFTER_SECONDS = 30;
    /** An edit that has to wait for a route is tried as often. */
    private static final long AGAIN_AFTER_SECONDS = 3;

    private final RouteCheck check;
    private final RoutingContexts contexts;
    private final Traces traces;
    private final Flows table;
    private final Listeners listeners;
    private final ListenerSwap swap;
    private final RouteEdits edits;
    private final RoutesView view;
    private final List<Generation> generations = new ArrayList<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread own = new Thread(work, "routes-sweep");
        own.setDaemon(true);
        return own;
    });
    private @Nullable RouteSet offered;
    private long applied;
    private volatile InForce inForce = new InForce(List.of(), Map.of(), Map.of(), Map.of());

    /**
     * What runs.
     *
     * @param parts      the pieces of the files
     * @param signatures of each, by its key
     * @param rests      of the administration interface, by the key of the piece
     * @param beans      of the files, by name
     */
    private record InForce(
            List<RoutePart> parts,
            Map<String, String> signatures,
            Map<String, List<RestDefinition>> rests,
            Map<String, Object> beans) {}

    private LiveRoutes(RouteCheck check, RoutingContexts contexts, Traces traces, Clock clock) throws Exception {
        this.check = check;
        this.contexts = contexts;
        this.traces = traces;
        this.edits = new RouteEdits(clock);
        this.table = new Flows(clock);
        this.listeners = new Listeners(contexts, table, new BeansByName(() -> inForce.beans()));
        this.swap = new ListenerSwap(listeners);
        this.view = new RoutesView(table, listeners, this);
    }

    /**
     * Starts all routes of a set.
     *
     * @param traces follows what goes through them
     * @throws Exception what Camel says of the first that cannot be started; then none is
     */
    public static LiveRoutes start(RouteSet set, RouteCheck check, RoutingContexts contexts, Traces traces, Clock clock)
            throws Exception {
        List<RouteProblem> missing = check.missing(set);
        if (!missing.isEmpty()) {
            throw new IllegalConfigurationException(missing.get(0).toString());
        }
        LiveRoutes live = new LiveRoutes(check, contexts, traces, clock);
        try {
            live.edits.warned(set.warnings());
            live.apply(set);
            live.sweeper.schedule(() -> check.learn(set), LEARN_AFTER_SECONDS, TimeUnit.SECONDS);
            return live;
        } catch (Exception e) {
            live.close();
            throw e;
        }
    }

    /** Takes a set of files for an edit of what runs. */
    public synchronized void offer(RouteSet set) {
        offered = set;
        take(set);
    }

    /** Unless there has been another edit meanwhile. */
    private synchronized void takeAgain(RouteSet set) {
        if (set.equals(offered)) {
            take(set);
        }
    }

    private void take(RouteSet set) {
        long begun = System.nanoTime();
        edits.warned(set.warnings());
        List<RouteProblem> problems = check.check(set);
        if (!problems.isEmpty()) {
            edits.refused(problems);
            return;
        }
        try {
            int loaded = apply(set);
            edits.agreed(loaded > 0);
            if (loaded > 0) {
                long edit = ++applied;
                sweeper.schedule(() -> foldAfter(edit), FOLD_AFTER_SECONDS, TimeUnit.SECONDS);
                edits.applied(loaded, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            }
        } catch (RouteBusyException e) {
            edits.waiting(List.of(placed(set, e)));
            sweeper.schedule(() -> takeAgain(set), AGAIN_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOG.debug("Routes cannot be put in force", e);
            edits.failed(List.of(placed(set, e)));
        }
    }

    private RouteProblem placed(RouteSet set, Exception cause) {
        String before = cause instanceof RouteBusyException ? "not in force yet: " : "cannot be put in force: ";
        return check.blame(set, cause, before);
    }

    /** Says that the files cannot even be read. */
    public synchronized void unreadable(IllegalConfigurationException cause, RouteFolders folders) {
        offered = null;
        edits.refused(List.of(new RouteProblem(folders.shipped(), cause.line(), String.valueOf(cause.getMessage()))));
    }

    private synchronized void foldAfter(long edit) {
        if (edit == applied && !sweeper.isShutdown()) {
            fold();
        }
    }

    /**
     * Loads all that is in force together, when it has come of many edits: each has a context of its own, and the edit that finds too
     * many would have to wait for this. Whether it did. Nothing changes for those who ask; what listens is not touched.
     */
    synchronized boolean fold() {
        int editions = editions();
        if (editions < FOLDED_EDITIONS) {
            return false;
        }
        long begun = System.nanoTime();
        try {
            apply(inForce.parts(), true);
            LOG.info(
                    "Routes loaded together editions={} millis={}",
                    editions,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            return true;
        } catch (Exception e) {
            LOG.warn("Routes cannot be loaded together, they run on as they are reason={}", Reasons.brief(e));
            LOG.debug("Routes cannot be loaded together", e);
            return false;
        }
    }

    /** Of how many generations there are routes in force; others are kept for their beans alone. */
    private int editions() {
        return (int) table.inForce().values().stream()
                .map(Flow::generation)
                .distinct()
                .count();
    }

    /** Puts a set in force; how many pieces were loaded or taken away. */
    private synchronized int apply(RouteSet set) throws Exception {
        return apply(check.parts(set), editions() >= MOST_EDITIONS);
    }

    /** @param whole whether everything is loaded, and not only what differs */
    private int apply(List<RoutePart> parts, boolean whole) throws Exception {
        Map<String, String> signatures = Signatures.of(parts);
        Set<RoutePart> changed = new LinkedHashSet<>();
        for (RoutePart part : parts) {
            if (part.makesRoutes() && (whole || differs(part, signatures))) {
                changed.add(part);
            }
        }
        Set<String> gone = new HashSet<>(inForce.signatures().keySet());
        gone.removeAll(signatures.keySet());
        Map<String, Object> keptBeans = new HashMap<>(inForce.beans());
        Set<RoutePart> shared = new LinkedHashSet<>(Signatures.closure(changed, parts));
        for (RoutePart part : parts) {
            if (part.makesBeans()) {
                if (!differs(part, signatures)) {
                    shared.remove(part);
                } else {
                    shared.add(part);
                    part.names().forEach(keptBeans::remove);
                }
            }
        }
        if (changed.isEmpty() && gone.isEmpty() && shared.isEmpty()) {
            inForce = new InForce(parts, signatures, inForce.rests(), inForce.beans());
            return 0;
        }
        Map<String, Object> readable = Map.copyOf(keptBeans);
        CamelContext context = contexts.running(new BeansByName(() -> readable));
        context.getCamelContextExtension().addInterceptStrategy(traces);
        Generation next = Generation.load(context, table, parts, changed, shared, listeners::openQueues);
        generations.add(next);
        try {
            exchange(next, parts, signatures, keptBeans, changed);
        } finally {
            sweep();
        }
        return changed.size() + gone.size();
    }

    private boolean differs(RoutePart part, Map<String, String> signatures) {
        return !Objects.equals(signatures.get(part.key()), inForce.signatures().get(part.key()));
    }

    private void exchange(
            Generation next,
            List<RoutePart> parts,
            Map<String, String> signatures,
            Map<String, Object> keptBeans,
            Set<RoutePart> changed)
            throws Exception {
        Set<String> kept = new HashSet<>(signatures.keySet());
        changed.forEach(part -> kept.remove(part.key()));
        Map<String, Flow> before = table.inForce();
        Map<String, Flow> flows = new HashMap<>();
        before.forEach((key, flow) -> {
            if (kept.contains(flow.part())) {
                flows.put(key, flow);
            }
        });
        next.flows().forEach(flow -> flows.put(flow.key(), flow));
        Map<String, ListenerSpec> specs = new HashMap<>();
        listeners.specs().values().stream()
                .filter(spec -> kept.contains(spec.part()))
                .forEach(spec -> specs.put(spec.route(), spec));
        next.listeners().forEach(spec -> specs.put(spec.route(), spec));
        specs.keySet().removeIf(route -> !flows.containsKey(FlowComponent.LISTENER + ":" + route));
        Map<String, List<RestDefinition>> rests = new HashMap<>(inForce.rests());
        rests.keySet().retainAll(kept);
        rests.putAll(next.rests());
        Map<String, Object> beans = new HashMap<>(keptBeans);
        Set<String> names = new HashSet<>();
        parts.stream().filter(RoutePart::makesBeans).forEach(part -> names.addAll(part.names()));
        beans.keySet().retainAll(names);
        beans.putAll(next.beans());
        InForce previous = inForce;
        Map<String, Flow> both = new HashMap<>(before);
        both.putAll(flows);
        inForce = new InForce(parts, signatures, Map.copyOf(rests), Map.copyOf(beans));
        // What listens must find its flow as long as it is there
        table.swap(both, this::sweepLater);
        try {
            swap.listen(
                    next,
                    specs,
                    parts,
                    inForce.rests().values().stream()
                            .flatMap(Collection::stream)
                            .toList());
        } catch (Exception e) {
            inForce = previous;
            table.swap(before, this::sweepLater);
            throw e;
        }
        table.swap(flows, this::sweepLater);
    }

    private void sweepLater() {
        if (!sweeper.isShutdown()) {
            sweeper.execute(this::sweep);
        }
    }

    /** Ends every generation of which nobody runs anything any more. */
    private synchronized void sweep() {
        Set<Generation> needed = new HashSet<>();
        table.live().forEach(flow -> needed.add(flow.generation()));
        for (Generation generation : List.copyOf(generations)) {
            boolean hasBeans = generation.beans().values().stream()
                    .anyMatch(bean -> inForce.beans().values().stream().anyMatch(one -> one == bean));
            if (!needed.contains(generation) && !hasBeans) {
                generations.remove(generation);
                generation.close();
            }
        }
    }

    /** How it is now. */
    public RoutesState state() {
        // First how edits ended: who waits for one finds its routes behind it
        RoutesState.Reloads reloads = edits.reloads();
        List<RouteProblem> refused = edits.refused();
        return new RoutesState(view.running(inForce.parts()), edits.since(), refused, edits.warnings(), reloads);
    }

    /** How edits ended. */
    public RoutesState.Reloads reloads() {
        return edits.reloads();
    }

    /** What is wrong with the files as they are now; empty when they are in force. */
    public List<RouteProblem> refused() {
        return edits.refused();
    }

    /** A picture of a route's steps, as Mermaid draws it; empty when there is no such route. */
    public Optional<String> picture(String id) {
        return view.picture(id);
    }

    /**
     * Does what an operator says with a route, until it is said otherwise or the hub starts again.
     *
     * @param command {@code start}, {@code stop}, {@code suspend} or {@code resume}
     * @throws IllegalArgumentException when there is no such route or no such command
     * @throws Exception                what Camel says when it cannot be done
     */
    public synchronized void command(String route, String command) throws Exception {
        boolean isThere =
                table.inForce().values().stream().anyMatch(flow -> flow.route().equals(route));
        if (!isThere) {
            throw new IllegalArgumentException("there is no route '" + route + "'");
        }
        if (listeners.has(route)) {
            listeners.command(route, command);
            return;
        }
        switch (command) {
            case "stop", "suspend" -> table.stop(route);
            case "start", "resume" -> table.start(route);
            default -> throw new IllegalArgumentException("'" + command + "' is none of start, stop, suspend, resume");
        }
    }

    /** The context to which what listens belongs. */
    public CamelContext context() {
        return listeners.context();
    }

    /** How many routes there are. */
    public int size() {
        return inForce.parts().stream().mapToInt(part -> part.routes().size()).sum();
    }

    /** How many contexts there are beside that of the listeners. */
    synchronized int generations() {
        return generations.size();
    }

    /** First what listens and what is in flight, then what it was handed over to. */
    @Override
    public void close() {
        sweeper.shutdownNow();
        listeners.close();
        synchronized (this) {
            generations.forEach(Generation::close);
            generations.clear();
        }
    }
}
