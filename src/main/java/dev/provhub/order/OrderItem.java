package dev.provhub.order;

import dev.provhub.device.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * One item of an order.
 *
 * @param id       the orderer's name of it within the order
 * @param line     what it wants
 * @param state    how far it is
 * @param revision the revision of the device that must be applied before this is completed; null while nothing was done or
 *                 when nothing had to be
 * @param reason   why it failed, for the orderer; null when it did not
 */
public record OrderItem(
        String id,
        LineOrder line,
        OrderState state,
        @Nullable Long revision,
        @Nullable String reason) {

    /** An item of which nothing was done yet. */
    public static OrderItem acknowledged(String id, LineOrder line) {
        return new OrderItem(id, line, OrderState.ACKNOWLEDGED, null, null);
    }

    /** What becomes of it once its device's data is as ordered. */
    OrderItem carriedOut(Outcome outcome) {
        OrderState started = state.to(OrderState.IN_PROGRESS);
        if (outcome.refusal() != null) {
            return new OrderItem(id, line, started.to(OrderState.FAILED), null, outcome.refusal());
        }
        OrderState next = outcome.revision() == null ? started.to(OrderState.COMPLETED) : started;
        return new OrderItem(id, line, next, outcome.revision(), null);
    }

    /** Whether it is done when a device has applied a revision. */
    boolean waitsFor(MacAddress mac, long appliedRevision) {
        return state == OrderState.IN_PROGRESS
                && revision != null
                && revision <= appliedRevision
                && line.mac().equals(mac);
    }

    OrderItem completed() {
        return new OrderItem(id, line, state.to(OrderState.COMPLETED), revision, null);
    }

    /**
     * What carrying out an item did to its device.
     *
     * @param changed  whether the device's data is another now
     * @param revision the revision that the device must apply; null when there is nothing that it must
     * @param refusal  why nothing was done; null when it was
     */
    record Outcome(
            boolean changed,
            @Nullable Long revision,
            @Nullable String refusal) {
        /** Everything is already as ordered. */
        static final Outcome NOTHING_TO_CHANGE = new Outcome(false, null, null);
        /** Changed, and the device need not know. */
        static final Outcome NOTHING_TO_APPLY = new Outcome(true, null, null);

        static Outcome changedTo(long revision) {
            return new Outcome(true, revision, null);
        }

        static Outcome refused(String reason) {
            return new Outcome(false, null, reason);
        }
    }
}
