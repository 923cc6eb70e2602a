package dev.provhub.routing;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which flow answers to which name. A request keeps to the version that it has begun with, however many others come meanwhile;
 * when the last one of a retired version has ended, somebody is told.
 */
final class FlowVersion {
    private static final long RETIRED = Long.MIN_VALUE;

    private final Map<String, Flow> flows;
    private final Runnable drained;
    /** Requests in flight; {@link #RETIRED} is added when the version is no more the one for new ones. */
    private final AtomicLong state = new AtomicLong();

    FlowVersion(Map<String, Flow> flows, Runnable drained) {
        this.flows = Map.copyOf(flows);
        this.drained = drained;
    }

    @Nullable
    Flow find(String key) {
        return flows.get(key);
    }

    Collection<Flow> flows() {
        return flows.values();
    }

    Map<String, Flow> byKey() {
        return flows;
    }

    /** False when the version is retired and has no request any more: then its flows may be gone. */
    boolean enter() {
        while (true) {
            long before = state.get();
            if (before == RETIRED) {
                return false;
            }
            if (state.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    void leave() {
        if (state.decrementAndGet() == RETIRED) {
            drained.run();
        }
    }

    void retire() {
        if (state.addAndGet(RETIRED) == RETIRED) {
            drained.run();
        }
    }

    boolean isDrained() {
        return state.get() == RETIRED;
    }
}
