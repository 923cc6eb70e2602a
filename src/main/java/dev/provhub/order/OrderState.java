package dev.provhub.order;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * States of an order and of its items (TMF641 v4.1, ServiceOrderStateType and ServiceOrderItemStateType). The two states of
 * a cancellation that is being considered come with cancelling.
 *
 * <pre>
 * acknowledged --+--> inProgress --+--> completed | failed | partial
 *   |            |      ^   |      '--> cancelled
 *   |            |      |   v
 *   |            '--> pending, held --> cancelled
 *   '--> rejected, cancelled
 * </pre>
 */
public enum OrderState {
    /** Checked and kept; nothing was done yet. */
    ACKNOWLEDGED("acknowledged"),
    /** Waits for something outside the hub. */
    PENDING("pending"),
    /** Stopped by somebody, can go on. */
    HELD("held"),
    /** The devices' data is changed; not every device has shown that it applied it. */
    IN_PROGRESS("inProgress"),
    /** Everything is applied. */
    COMPLETED("completed"),
    /** Nothing of it could be done. */
    FAILED("failed"),
    /** Some items are completed and some are not and never will be. */
    PARTIAL("partial"),
    /** Refused after it was acknowledged. */
    REJECTED("rejected"),
    /** Taken back by the one who ordered. */
    CANCELLED("cancelled");

    private final String wireName;

    OrderState(String wireName) {
        this.wireName = wireName;
    }

    /** The standard's word. */
    public String wireName() {
        return wireName;
    }

    /** The state of this word, empty when there is none. */
    public static Optional<OrderState> find(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst();
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** What may follow. */
    public Set<OrderState> next() {
        return switch (this) {
            case ACKNOWLEDGED -> EnumSet.of(REJECTED, PENDING, HELD, IN_PROGRESS, CANCELLED);
            case PENDING -> EnumSet.of(HELD, IN_PROGRESS, CANCELLED);
            case HELD -> EnumSet.of(PENDING, IN_PROGRESS, CANCELLED);
            case IN_PROGRESS -> EnumSet.of(PENDING, HELD, COMPLETED, FAILED, PARTIAL, CANCELLED);
            case COMPLETED, FAILED, PARTIAL, REJECTED, CANCELLED -> EnumSet.noneOf(OrderState.class);
        };
    }

    /**
     * The step to another state; staying is always allowed.
     *
     * @throws IllegalStateException when the standard has no such step
     */
    public OrderState to(OrderState next) {
        if (next != this && !next().contains(next)) {
            throw new IllegalStateException("an order cannot go from " + wireName + " to " + next.wireName);
        }
        return next;
    }

    /** The state of an order whose items have these; at least one. */
    static OrderState ofItems(Collection<OrderState> items) {
        Set<OrderState> distinct = EnumSet.copyOf(items);
        if (distinct.size() == 1) {
            return distinct.iterator().next();
        }
        return distinct.stream().allMatch(OrderState::isFinal) ? PARTIAL : IN_PROGRESS;
    }
}
