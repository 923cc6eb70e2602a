package dev.provhub.order;

import java.util.List;

/** What became of a new order. */
public sealed interface IntakeResult {
    /**
     * Kept; it will be carried out, whatever happens to the hub.
     *
     * @param isBehind whether its device is held by somebody else's change, so that nobody should wait for it to be carried out
     */
    record Accepted(ServiceOrder order, boolean isBehind) implements IntakeResult {
        Accepted(ServiceOrder order) {
            this(order, false);
        }
    }

    /** The orderer has sent the same order before, under the same external id: here is that one as it stands. */
    record Repeated(ServiceOrder order) implements IntakeResult {}

    /** The external id is that of another order, which this is. */
    record Conflict(ServiceOrder order) implements IntakeResult {}

    /** Nothing was kept, for these reasons; at least one. */
    record Refused(List<OrderProblem> problems) implements IntakeResult {
        /** Copies the problems. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
