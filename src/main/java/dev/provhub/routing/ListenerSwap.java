package dev.provhub.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.rest.RestDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops what listens so that it is what the files say. */
final class ListenerSwap {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private final Listeners listeners;
    /** The pieces with which the listeners were started that are there now. */
    private List<RoutePart> lastParts = List.of();

    ListenerSwap(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * Has those listen that are to, and leaves alone who does already; puts back what was there when it fails.
     *
     * @param rests of the administration interface
     */
    void listen(Generation next, Map<String, ListenerSpec> specs, List<RoutePart> parts, List<RestDefinition> rests)
            throws Exception {
        Listeners.Interface asBefore = listeners.configuration();
        listeners.configure(next, rests);
        if (!listeners.context().isStarted()) {
            Map<ListenerSpec, Collection<RoutePart>> kamelets = new HashMap<>();
            specs.values().forEach(spec -> kamelets.put(spec, standsOn(spec, parts)));
            listeners.startAll(specs.values(), kamelets);
            lastParts = parts;
            return;
        }
        Map<String, ListenerSpec> before = listeners.specs();
        List<ListenerSpec> ended = new ArrayList<>();
        for (ListenerSpec old : before.values()) {
            ListenerSpec now = specs.get(old.route());
            if (now == null || !now.listensAs(old)) {
                ended.add(old);
            }
        }
        List<ListenerSpec> begun = new ArrayList<>();
        List<RoutePart> partsBefore = lastParts;
        List<ListenerSpec> stopped = new ArrayList<>();
        try {
            for (ListenerSpec old : ended) {
                listeners.stop(old.route());
                stopped.add(old);
            }
            for (ListenerSpec spec : specs.values()) {
                if (!listeners.has(spec.route())) {
                    start(spec, parts);
                    begun.add(spec);
                }
            }
        } catch (Exception e) {
            begun.forEach(spec -> listeners.stop(spec.route()));
            listeners.restore(asBefore);
            for (ListenerSpec old : stopped) {
                startAgain(old, partsBefore);
            }
            throw e;
        }
        lastParts = parts;
    }

    private void start(ListenerSpec spec, List<RoutePart> parts) throws Exception {
        try {
            listeners.start(spec, standsOn(spec, parts));
        } catch (Exception e) {
            throw new IllegalStateException("route '" + spec.route() + "' cannot listen", e);
        }
    }

    private void startAgain(ListenerSpec spec, List<RoutePart> parts) {
        try {
            listeners.start(spec, standsOn(spec, parts));
        } catch (Exception e) {
            LOG.error("Listener cannot be put back route={}", spec.route(), e);
        }
    }

    private static List<RoutePart> standsOn(ListenerSpec spec, List<RoutePart> parts) {
        if (!spec.isKamelet()) {
            return List.of();
        }
        Set<RoutePart> named = new LinkedHashSet<>();
        parts.stream()
                .filter(part ->
                        part.isShared() && part.names().stream().anyMatch(name -> RoutePart.names(spec.uri(), name)))
                .forEach(named::add);
        named.addAll(Signatures.closure(named, parts));
        named.removeIf(RoutePart::makesBeans);
        return List.copyOf(named);
    }
}
