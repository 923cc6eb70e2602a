package dev.provhub.routing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.apache.camel.spi.ReactiveExecutor;

/**
 * The one table through which every {@code direct:} of the hub goes. All of it is exchanged at once; who is on the way keeps to the
 * table with which it has begun.
 */
final class Flows {
    /** Property of an exchange: the version that it keeps to. */
    static final String VERSION = "hubFlowVersion";

    private final Clock clock;
    private final Map<String, QueueReference> queues = new ConcurrentHashMap<>();
    private final ReactiveExecutor reactive = new OneForAll();
    private final Map<String, RouteMeter> meters = new ConcurrentHashMap<>();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final List<FlowVersion> retired = new ArrayList<>();
    private volatile FlowVersion current = new FlowVersion(Map.of(), () -> {});

    Flows(Clock clock) {
        this.clock = clock;
    }

    /**
     * Who waits for an exchange works off what its context has to do meanwhile: an exchange that goes through several contexts would
     * be waited for by one and be left undone by another, if each had its own. It outlives every context.
     */
    private static final class OneForAll extends DefaultReactiveExecutor {
        @Override
        protected void doShutdown() {
            // Others still use it
        }
    }

    /** Gives a context the components by which its routes reach those of other contexts. */
    FlowComponent connect(CamelContext context) {
        FlowComponent called = new FlowComponent(this);
        context.addComponent("direct", called);
        context.addComponent("seda", new SharedSeda(queues));
        context.getCamelContextExtension().setReactiveExecutor(reactive);
        return called;
    }

    /**
     * Hands an exchange over.
     *
     * @param isEntry whether it comes from a listener: then it begins with what is current
     */
    boolean process(String key, boolean isEntry, Exchange exchange, AsyncCallback callback) {
        FlowVersion version = enter(exchange, isEntry);
        Flow flow = version.find(key);
        if (flow == null || stopped.contains(flow.route())) {
            version.leave();
            exchange.setException(new DirectConsumerNotAvailableException(
                    flow == null ? "Nothing consumes " + key : "Route " + flow.route() + " is stopped", exchange));
            callback.done(true);
            return true;
        }
        RouteMeter meter = meter(flow.route());
        long begun = System.nanoTime();
        meter.begun();
        return flow.processor().process(exchange, doneSync -> {
            meter.ended(flow.route(), exchange, System.nanoTime() - begun, clock);
            version.leave();
            callback.done(doneSync);
        });
    }

    private FlowVersion enter(Exchange exchange, boolean isEntry) {
        if (!isEntry && exchange.getProperty(VERSION) instanceof FlowVersion begunWith && begunWith.enter()) {
            return begunWith;
        }
        while (true) {
            FlowVersion now = current;
            if (now.enter()) {
                exchange.setProperty(VERSION, now);
                return now;
            }
        }
    }

    /** Puts another table in force; {@code drained} is run when nobody keeps to the one before any more. */
    synchronized void swap(Map<String, Flow> next, Runnable drained) {
        FlowVersion before = current;
        current = new FlowVersion(next, drained);
        retired.add(before);
        before.retire();
    }

    Map<String, Flow> inForce() {
        return current.byKey();
    }

    /** Every flow that somebody may still run. */
    synchronized Set<Flow> live() {
        retired.removeIf(FlowVersion::isDrained);
        Set<Flow> live = new HashSet<>(current.flows());
        retired.forEach(version -> live.addAll(version.flows()));
        return live;
    }

    RouteMeter meter(String route) {
        RouteMeter known = meters.get(route);
        // Looked for first, since every request passes here and computeIfAbsent may lock
        return known != null ? known : meters.computeIfAbsent(route, id -> new RouteMeter());
    }

    void stop(String route) {
        stopped.add(route);
    }

    void start(String route) {
        stopped.remove(route);
    }

    boolean isStopped(String route) {
        return stopped.contains(route);
    }
}
