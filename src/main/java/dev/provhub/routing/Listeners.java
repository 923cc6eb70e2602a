package dev.provhub.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.RestConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What listens: the first parts of routes, which take what comes and hand it over. */
final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final RoutingContexts contexts;
    private final Flows table;
    private final BeanRepository beans;
    private final CamelContext shared;
    private final Map<String, Running> running = new HashMap<>();

    /** One that is there, and where. */
    private record Running(ListenerSpec spec, CamelContext context) {}

    Listeners(RoutingContexts contexts, Flows table, BeanRepository beans) throws Exception {
        this.contexts = contexts;
        this.table = table;
        this.beans = beans;
        this.shared = contexts.listening(beans);
        prepare(shared);
    }

    private void prepare(CamelContext context) {
        table.connect(context);
        context.addComponent(FlowComponent.LISTENER, new FlowComponent(table));
        context.getRestConfiguration().setInlineRoutes(false);
    }

    CamelContext context() {
        return shared;
    }

    /** Makes the queues out of which listeners will take, each of the size that its listener says, before somebody fills one. */
    void openQueues(List<ListenerSpec> specs) {
        specs.stream()
                .filter(spec -> spec.uri().startsWith("seda:"))
                .map(spec -> shared.getEndpoint(spec.uri(), SedaEndpoint.class))
                .forEach(SedaEndpoint::getQueue);
    }

    /** How the administration interface is configured, and what of it there is. */
    record Interface(RestConfiguration configuration, List<RestDefinition> rests) {}

    Interface configuration() {
        return new Interface(
                shared.getRestConfiguration(), List.copyOf(((ModelCamelContext) shared).getRestDefinitions()));
    }

    void restore(Interface as) throws Exception {
        shared.setRestConfiguration(as.configuration());
        set(as.rests());
    }

    private void set(List<RestDefinition> rests) throws Exception {
        ModelCamelContext model = (ModelCamelContext) shared;
        model.getRestDefinitions().clear();
        model.addRestDefinitions(rests, false);
    }

    /** Takes over how the administration interface is configured, and what of it there is. */
    void configure(Generation generation, List<RestDefinition> rests) throws Exception {
        if (generation.context().getRestConfiguration().getComponent() != null) {
            shared.setRestConfiguration(generation.context().getRestConfiguration());
            contexts.configured(shared);
        }
        set(rests);
    }

    /** Begins to listen everywhere at once. */
    void startAll(Collection<ListenerSpec> specs, Map<ListenerSpec, Collection<RoutePart>> kamelets) throws Exception {
        for (ListenerSpec spec : specs) {
            if (!spec.isKamelet()) {
                ((ModelCamelContext) shared).addRouteDefinition(spec.definition());
                running.put(spec.route(), new Running(spec, shared));
            }
        }
        shared.start();
        for (ListenerSpec spec : specs) {
            if (spec.isKamelet()) {
                start(spec, kamelets.getOrDefault(spec, List.of()));
            }
        }
    }

    /** Which specs there are now. */
    Map<String, ListenerSpec> specs() {
        Map<String, ListenerSpec> specs = new HashMap<>();
        running.forEach((route, one) -> specs.put(route, one.spec()));
        return specs;
    }

    /** @throws Exception when it cannot listen; then nothing of it is left */
    void start(ListenerSpec spec, Collection<RoutePart> parts) throws Exception {
        CamelContext context = spec.isKamelet() ? contexts.running(beans) : shared;
        try {
            if (spec.isKamelet()) {
                prepare(context);
                RouteLoading.load(context, List.copyOf(parts), parts);
            }
            ((ModelCamelContext) context).addRouteDefinition(spec.definition());
            if (spec.isKamelet()) {
                context.start();
            }
            running.put(spec.route(), new Running(spec, context));
        } catch (Exception e) {
            remove(new Running(spec, context));
            throw e;
        }
    }

    /** @throws RouteBusyException when it is at work that must not be broken off; then it listens as before */
    void stop(String route) {
        Running one = running.get(route);
        if (one != null) {
            remove(one);
            running.remove(route);
        }
    }

    private static void remove(Running one) {
        try {
            if (one.spec().isKamelet()) {
                one.context().stop();
                return;
            }
            PatientStop.stop(one.context(), one.spec().route());
            one.context().removeRoute(one.spec().route());
        } catch (RouteBusyException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn(
                    "Listener cannot be taken away cleanly route={}", one.spec().route(), e);
        }
    }

    boolean has(String route) {
        return running.containsKey(route);
    }

    /** As {@code started}, {@code stopped} or {@code suspended}. */
    String state(String route) {
        Running one = running.get(route);
        ServiceStatus status =
                one == null ? null : one.context().getRouteController().getRouteStatus(route);
        return status == null ? "stopped" : status.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Does what an operator says: {@code start}, {@code stop}, {@code suspend} or {@code resume}. */
    void command(String route, String command) throws Exception {
        Running one = running.get(route);
        if (one == null) {
            throw new IllegalArgumentException("route '" + route + "' does not listen");
        }
        switch (command) {
            case "start" -> one.context().getRouteController().startRoute(route);
            case "stop" -> PatientStop.stop(one.context(), route);
            case "suspend" -> PatientStop.suspend(one.context(), route);
            case "resume" -> one.context().getRouteController().resumeRoute(route);
            default -> throw new IllegalArgumentException("'" + command + "' is none of start, stop, suspend, resume");
        }
    }

    @Override
    public void close() {
        List<CamelContext> own = new ArrayList<>();
        running.values().stream()
                .map(Running::context)
                .filter(context -> context != shared)
                .forEach(own::add);
        own.forEach(CamelContext::stop);
        shared.stop();
    }
}
