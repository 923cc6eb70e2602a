package dev.provhub.order;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * States of an order and of its items (TMF641 v4.1, ServiceOrderStateType and ServiceOrderItemStateType).
 *
 * <pre>
 * acknowledged --+--> inProgress --+--> completed | failed | partial
 *   |            |      ^   |      |--> cancelled
 *   |            |      |   v      '--> pendingCancellation --> cancelled
 *   |            '--> pending, held --> cancelled
 *   '--> rejected, cancelled
 * </pre>
 */
public enum OrderState {
    /** Checked and kept; nothing was done yet. */
    ACKNOWLEDGED("acknowledged"),
    /** Waits for an earlier order of the same device, or to be taken up again. */
    PENDING("pending"),
    /** Stopped by somebody, or for want of information; can go on. */
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
    CANCELLED("cancelled"),
    /** Whether it can be taken back is looked at. The hub does that at once, so nothing stays so. */
    ASSESSING_CANCELLATION("assessingCancellation"),
    /** Taken back by the hub; a device that has been given it has not shown yet that it holds it no more. */
    PENDING_CANCELLATION("pendingCancellation");

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

    /** Whether something of it was done, or tried. */
    boolean isBegun() {
        return this == IN_PROGRESS || this == COMPLETED || this == FAILED || this == PARTIAL;
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /** What may follow. */
    public Set<OrderState> next() {
        return switch (this) {
            case ACKNOWLEDGED -> EnumSet.of(REJECTED, PENDING, HELD, IN_PROGRESS, CANCELLED, ASSESSING_CANCELLATION);
            case PENDING -> EnumSet.of(HELD, IN_PROGRESS, CANCELLED, ASSESSING_CANCELLATION);
            case HELD -> EnumSet.of(PENDING, IN_PROGRESS, CANCELLED, ASSESSING_CANCELLATION);
            case IN_PROGRESS ->
                EnumSet.of(
                        PENDING,
                        HELD,
                        COMPLETED,
                        FAILED,
                        PARTIAL,
                        CANCELLED,
                        ASSESSING_CANCELLATION,
                        PENDING_CANCELLATION);
            case ASSESSING_CANCELLATION -> EnumSet.of(PENDING, HELD, IN_PROGRESS, PENDING_CANCELLATION, CANCELLED);
            case PENDING_CANCELLATION -> EnumSet.of(IN_PROGRESS, PARTIAL, CANCELLED);
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

    /** The step to another state, by way of {@link #IN_PROGRESS} where there is no other. */
    OrderState through(OrderState next) {
        boolean direct = next == this || next().contains(next);
        return direct ? to(next) : to(IN_PROGRESS).to(next);
    }

    /** The state of an order whose items have these; at least one. */
    static OrderState ofItems(Collection<OrderState> items) {
        Set<OrderState> distinct = EnumSet.copyOf(items);
        if (distinct.size() == 1) {
            return distinct.iterator().next();
        }
        if (distinct.stream().allMatch(OrderState::isFinal)) {
            return PARTIAL;
        }
        if (distinct.contains(PENDING_CANCELLATION)) {
            return PENDING_CANCELLATION;
        }
        if (distinct.contains(IN_PROGRESS) || distinct.stream().anyMatch(OrderState::isFinal)) {
            return IN_PROGRESS;
        }
        return distinct.contains(HELD) ? HELD : PENDING;
    }
}
