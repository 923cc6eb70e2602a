package dev.provhub.routing;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one request went through. No secret stands in it.
 *
 * @param device by its MAC address; empty when it is not known
 * @param from   the endpoint at which it came in, without options
 * @param began  when its first step did
 * @param steps  in the order in which they began
 * @param result the properties of its exchange at the end, as people read them
 */
public record Trace(String device, String from, Instant began, List<Step> steps, Map<String, String> result) {
    /** Copies what it holds. */
    public Trace {
        steps = List.copyOf(steps);
        result = Map.copyOf(result);
    }

    /**
     * One step.
     *
     * @param route   in which it stands
     * @param id      its id
     * @param kind    its kind, as in {@code bean}
     * @param depth   how many steps it stands within
     * @param millis  how long it took, with the steps within
     * @param changes what it set, changed and took away, by name, as people read it
     * @param failure why it failed; empty when it did not
     */
    public record Step(
            String route,
            String id,
            String kind,
            int depth,
            double millis,
            Map<String, String> changes,
            String failure) {
        /** Copies the map. */
        public Step {
            changes = Map.copyOf(changes);
        }
    }
}
