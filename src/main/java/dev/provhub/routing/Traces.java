package dev.provhub.routing;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Follows the next request of devices through their steps. While nobody wants to know, a step costs one look at a number. Whose a
 * request is, shows on its way: so all are followed while somebody waits for one, and the others are forgotten.
 */
public final class Traces implements InterceptStrategy {
    private static final String TRACE = "hubTrace";
    /** The property in which a proven device stands. */
    private static final String DEVICE = "hubDevice";

    private static final String ASKED = "hubAsked";
    private static final String MAC = "hubMac";
    private static final int MOST_KEPT = 100;

    private final Clock clock;
    private final Map<MacAddress, Instant> awaited = new ConcurrentHashMap<>();
    private final Map<MacAddress, Trace> kept = java.util.Collections.synchronizedMap(new LinkedHashMap<>());

    private volatile @Nullable Consumer<Trace> follower;

    /** @param clock says when a wait is over */
    public Traces(Clock clock) {
        this.clock = clock;
    }

    /** Waits for the next request of a device; what was known of an earlier one is forgotten. */
    public void await(MacAddress device, Duration atMost) {
        kept.remove(device);
        awaited.put(device, clock.instant().plus(atMost));
    }

    /** Has somebody told of every request from now on; null for nobody. */
    public void follow(@Nullable Consumer<Trace> told) {
        follower = told;
    }

    /** Until when its next request is waited for; empty when none is. */
    public Optional<Instant> awaitedUntil(MacAddress device) {
        Instant until = awaited.get(device);
        return until == null || until.isBefore(clock.instant()) ? Optional.empty() : Optional.of(until);
    }

    /** The last trace of a device. */
    public Optional<Trace> find(MacAddress device) {
        return Optional.ofNullable(kept.get(device));
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
        return new Followed(definition, target);
    }

    /** A step that is followed when somebody wants to know. */
    private final class Followed extends DelegateAsyncProcessor {
        private final NamedNode node;

        Followed(NamedNode node, Processor target) {
            super(target);
            this.node = node;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (awaited.isEmpty() && follower == null) {
                return super.process(exchange, doneSync -> {
                    if (exchange.getException() != null) {
                        FailedStep.note(exchange, route(exchange), StepName.of(node));
                    }
                    callback.done(doneSync);
                });
            }
            Recording recording = recording(exchange);
            Recording.Begun begun = recording.begin(exchange, node);
            return super.process(exchange, doneSync -> {
                recording.end(begun, exchange);
                if (exchange.getException() != null) {
                    FailedStep.note(exchange, begun.route, StepName.of(node));
                }
                callback.done(doneSync);
            });
        }
    }

    private static String route(Exchange exchange) {
        String route = ExchangeHelper.getRouteId(exchange);
        return route == null ? "" : route;
    }

    private Recording recording(Exchange exchange) {
        if (exchange.getProperty(TRACE) instanceof Recording known) {
            return known;
        }
        Recording made = new Recording(clock.instant());
        exchange.setProperty(TRACE, made);
        exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
            @Override
            public void onComplete(Exchange done) {
                ended(made, done);
            }

            @Override
            public void onFailure(Exchange done) {
                ended(made, done);
            }
        });
        return made;
    }

    private void ended(Recording recording, Exchange exchange) {
        Instant now = clock.instant();
        awaited.values().removeIf(until -> until.isBefore(now));
        MacAddress mac = macOf(exchange);
        Consumer<Trace> told = follower;
        if (told != null) {
            told.accept(recording.trace(mac == null ? "" : mac.toString(), exchange));
        }
        if (mac != null && awaited.remove(mac) != null) {
            synchronized (kept) {
                kept.put(mac, recording.trace(mac.toString(), exchange));
                if (kept.size() > MOST_KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
        }
    }

    private static @Nullable MacAddress macOf(Exchange exchange) {
        if (exchange.getProperty(DEVICE) instanceof Device device) {
            return device.mac();
        }
        if (exchange.getProperty(MAC) instanceof MacAddress mac) {
            return mac;
        }
        return exchange.getProperty(ASKED) instanceof Asked asked
                ? asked.named().orElse(null)
                : null;
    }

    /** One request on its way. */
    private static final class Recording {
        private final Instant began;
        private final List<Begun> steps = new ArrayList<>();
        private int depth;

        Recording(Instant began) {
            this.began = began;
        }

        /** A step that has begun, and has ended when its time is known. */
        private static final class Begun {
            private final String route;
            private final NamedNode node;
            private final int depth;
            private final Map<String, String> before;
            private final long nanos = System.nanoTime();
            private Trace.@Nullable Step done;

            Begun(String route, NamedNode node, int depth, Map<String, String> before) {
                this.route = route;
                this.node = node;
                this.depth = depth;
                this.before = before;
            }
        }

        synchronized Begun begin(Exchange exchange, NamedNode node) {
            Begun begun = new Begun(route(exchange), node, depth++, Shown.of(exchange));
            steps.add(begun);
            return begun;
        }

        synchronized void end(Begun begun, Exchange exchange) {
            depth = begun.depth;
            Map<String, String> changes = new TreeMap<>();
            Map<String, String> after = Shown.of(exchange);
            after.forEach((name, value) -> {
                if (!value.equals(begun.before.get(name))) {
                    changes.put(name, value);
                }
            });
            begun.before.keySet().stream()
                    .filter(name -> !after.containsKey(name))
                    .forEach(name -> changes.put(name, "taken away"));
            Exception failure = exchange.getException();
            begun.done = new Trace.Step(
                    begun.route,
                    StepName.of(begun.node),
                    begun.node.getShortName(),
                    begun.depth,
                    (System.nanoTime() - begun.nanos) / 1e6,
                    changes,
                    failure == null ? "" : Masked.failure(Reasons.of(failure)));
        }

        synchronized Trace trace(String device, Exchange exchange) {
            List<Trace.Step> done = new ArrayList<>();
            for (Begun step : steps) {
                if (step.done != null) {
                    done.add(step.done);
                }
            }
            String uri = exchange.getFromEndpoint() == null
                    ? ""
                    : exchange.getFromEndpoint().getEndpointUri();
            return new Trace(
                    device,
                    uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri,
                    began,
                    done,
                    Shown.of(exchange));
        }
    }
}
