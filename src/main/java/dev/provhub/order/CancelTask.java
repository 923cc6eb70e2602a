package dev.provhub.order;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wish to have an order cancelled (TMF641 v4.1, CancelServiceOrder).
 *
 * @param id        ours
 * @param orderId   of the order
 * @param state     how far it is
 * @param created   when it was taken
 * @param requested not to be done before; null for at once
 * @param effective when the order was cancelled; null before
 * @param message   why it was not cancelled, for the orderer; null when it was, or may be
 * @param details   what the orderer said beside, opaque to all but the interface that it came by; empty for nothing
 */
public record CancelTask(
        String id,
        String orderId,
        State state,
        Instant created,
        @Nullable Instant requested,
        @Nullable Instant effective,
        @Nullable String message,
        String details) {
    /** States of a task (TaskStateType). */
    public enum State {
        /** Its time has not come. */
        ACCEPTED("accepted"),
        /** Done by the hub; a device has not shown yet that it holds it no more. */
        IN_PROGRESS("inProgress"),
        /** The order is cancelled, or what was not done of it. */
        DONE("done"),
        /** The order was not cancelled. */
        TERMINATED_WITH_ERROR("terminatedWithError");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        /** The standard's word. */
        public String wireName() {
            return wireName;
        }

        /** The state of this word, empty when there is none. */
        public static Optional<State> find(String wireName) {
            return Arrays.stream(values())
                    .filter(state -> state.wireName.equals(wireName))
                    .findFirst();
        }
    }

    CancelTask in(State next, @Nullable Instant when, @Nullable String why) {
        return new CancelTask(id, orderId, next, created, requested, when, why, details);
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "CancelTask[" + id + " " + state.wireName() + "]";
    }
}
