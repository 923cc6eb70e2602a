package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One item of an order.
 *
 * @param id       the orderer's name of it within the order
 * @param line     what it wants
 * @param state    how far it is
 * @param revision the revision of the device that must be applied before this is completed; null while nothing was done or
 *                 when nothing had to be
 * @param reason   why it failed, which information is wanted, or what has overtaken it, for the orderer; null when none of it is so
 * @param progress what has happened to it when
 * @param undo     what takes it back; null while nothing was done or when nothing has to be
 */
public record OrderItem(
        String id,
        LineOrder line,
        OrderState state,
        @Nullable Long revision,
        @Nullable String reason,
        Progress progress,
        @Nullable LineOrder undo) {

    /**
     * What has happened to an item: its milestones and whether it is in jeopardy. All null at first.
     *
     * @param configured when its device's data was made as ordered
     * @param fetched    when the device was first given it
     * @param applied    when the device showed that it has applied it
     * @param jeopardy   since when it takes longer than it should
     */
    public record Progress(
            @Nullable Instant configured,
            @Nullable Instant fetched,
            @Nullable Instant applied,
            @Nullable Instant jeopardy) {
        /** Nothing yet. */
        public static final Progress NONE = new Progress(null, null, null, null);

        Progress configuredAt(Instant now) {
            return new Progress(now, null, null, jeopardy);
        }

        Progress fetchedAt(Instant now) {
            return fetched == null ? new Progress(configured, now, applied, jeopardy) : this;
        }

        Progress appliedAt(Instant now) {
            return new Progress(configured, fetched == null ? now : fetched, now, jeopardy);
        }

        Progress endangeredAt(Instant now) {
            return jeopardy == null ? new Progress(configured, fetched, applied, now) : this;
        }
    }

    /** An item of which nothing was done yet. */
    public static OrderItem acknowledged(String id, LineOrder line) {
        return new OrderItem(id, line, OrderState.ACKNOWLEDGED, null, null, Progress.NONE, null);
    }

    /** An item that cannot be carried out before somebody tells more. */
    static OrderItem wanting(String id, LineOrder line, String information) {
        return new OrderItem(id, line, OrderState.HELD, null, information, Progress.NONE, null);
    }

    /** The devices that it is about: one, or two where one takes the place of another. */
    public Stream<MacAddress> devices() {
        return Stream.concat(Stream.of(line.mac()), line.swappedOut().stream());
    }

    /** Whether it waits for information that the orderer must give. */
    public boolean wantsInformation() {
        return state == OrderState.HELD && reason != null;
    }

    /** Whether nothing of it was done and nothing keeps it from being done. */
    boolean isToBeCarriedOut() {
        return state == OrderState.ACKNOWLEDGED || state == OrderState.PENDING;
    }

    /** Whether nothing of it was done, and something still may. */
    boolean isOpen() {
        return isToBeCarriedOut() || state == OrderState.HELD;
    }

    /** What becomes of it once its device's data is as ordered. */
    OrderItem carriedOut(Outcome outcome, CompleteWhen when, Instant now) {
        OrderState begun = state.to(OrderState.IN_PROGRESS);
        if (outcome.refusal() != null) {
            return new OrderItem(id, line, begun.to(OrderState.FAILED), null, outcome.refusal(), progress, undo);
        }
        boolean done = outcome.revision() == null || when == CompleteWhen.ACCEPTED;
        LineOrder takesBack = undo == null ? outcome.undo() : undo;
        return new OrderItem(
                id,
                line,
                done ? begun.to(OrderState.COMPLETED) : begun,
                outcome.revision(),
                null,
                progress.configuredAt(now),
                takesBack);
    }

    /** The same, waiting for another order. */
    OrderItem pending() {
        return inState(OrderState.PENDING, null);
    }

    /** The same, stopped by somebody. */
    OrderItem held() {
        return inState(OrderState.HELD, null);
    }

    OrderItem cancelled() {
        return inState(OrderState.CANCELLED, null);
    }

    /** Whether it waits for its device to show something. */
    boolean isAwaited() {
        return state == OrderState.IN_PROGRESS || state == OrderState.PENDING_CANCELLATION;
    }

    /** The same, ended because its device will never show it. */
    OrderItem overtaken(String why) {
        return new OrderItem(id, line, state.to(OrderState.CANCELLED), null, why, progress, undo);
    }

    /** Whether a later order has ended it. */
    public boolean isOvertaken() {
        return state == OrderState.CANCELLED && reason != null;
    }

    /** The same, waiting for the device to show that it holds it no more. */
    OrderItem beingCancelled(long untilRevision) {
        return new OrderItem(id, line, state.to(OrderState.PENDING_CANCELLATION), untilRevision, null, progress, undo);
    }

    /** The same, asking for something else, with nothing of that done. */
    OrderItem amended(LineOrder other, @Nullable String information) {
        OrderState next = information != null ? OrderState.HELD : isToBeCarriedOut() ? state : OrderState.PENDING;
        return new OrderItem(id, other, state.to(next), null, information, Progress.NONE, undo);
    }

    /** Whether its device's data was made before a time, and it was neither fetched nor told to be late. */
    boolean isOverdue(Instant since) {
        return state == OrderState.IN_PROGRESS
                && progress.configured() != null
                && !progress.configured().isAfter(since)
                && progress.fetched() == null
                && progress.jeopardy() == null;
    }

    /** Whether it is not done, and it was not told to be late. */
    boolean isWaitedFor() {
        return (isOpen() || state == OrderState.IN_PROGRESS) && progress.jeopardy() == null;
    }

    OrderItem endangered(Instant now) {
        return new OrderItem(id, line, state, revision, reason, progress.endangeredAt(now), undo);
    }

    private OrderItem inState(OrderState next, @Nullable String why) {
        return new OrderItem(id, line, state.to(next), revision, why, progress, undo);
    }

    /** Whether it waits for a device to apply a revision of which this is the number, or a smaller one. */
    boolean waitsFor(MacAddress mac, long appliedRevision) {
        return (state == OrderState.IN_PROGRESS || state == OrderState.PENDING_CANCELLATION)
                && revision != null
                && revision <= appliedRevision
                && line.mac().equals(mac);
    }

    /** The device has shown that it holds what was done last. */
    OrderItem applied(Instant now) {
        if (state == OrderState.PENDING_CANCELLATION) {
            return cancelled();
        }
        return new OrderItem(id, line, state.to(OrderState.COMPLETED), revision, null, progress.appliedAt(now), undo);
    }

    OrderItem fetched(boolean completes, Instant now) {
        if (state == OrderState.PENDING_CANCELLATION) {
            return this;
        }
        OrderState next = completes ? OrderState.COMPLETED : state;
        return new OrderItem(id, line, state.to(next), revision, null, progress.fetchedAt(now), undo);
    }

    /**
     * What carrying out an item did to its device.
     *
     * @param changed  whether the device's data is another now
     * @param revision the revision that the device must apply; null when there is nothing that it must
     * @param refusal  why nothing was done; null when it was
     * @param undo     what takes it back; null when nothing was done
     */
    record Outcome(
            boolean changed,
            @Nullable Long revision,
            @Nullable String refusal,
            @Nullable LineOrder undo) {
        /** Everything is already as ordered. */
        static final Outcome NOTHING_TO_CHANGE = new Outcome(false, null, null, null);
        /** Changed, and the device need not know. */
        static final Outcome NOTHING_TO_APPLY = new Outcome(true, null, null, null);

        /** Everything is already as ordered, once the device has applied what was done before. */
        static Outcome relyingOn(long revision) {
            return new Outcome(false, revision, null, null);
        }

        static Outcome changedTo(long revision, LineOrder undo) {
            return new Outcome(true, revision, null, undo);
        }

        static Outcome refused(String reason) {
            return new Outcome(false, null, reason, null);
        }
    }
}
