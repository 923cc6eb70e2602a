package dev.provhub.order.event;

import java.time.Instant;
import java.util.Set;

/**
 * One event.
 *
 * @param eventId no other has it, however often it is sent
 * @param subject id of the order that it tells of
 * @param type    one of {@link #TYPES}
 * @param time    when it happened
 * @param content the standard's event as JSON; without secrets
 */
public record OrderEvent(String eventId, String subject, String type, Instant time, String content) {
    /** An order was taken. */
    public static final String CREATE = "ServiceOrderCreateEvent";
    /** Something that an order says is another now. */
    public static final String ATTRIBUTE = "ServiceOrderAttributeValueChangeEvent";
    /** An order is in another state. */
    public static final String STATE = "ServiceOrderStateChangeEvent";
    /** An order is forgotten. */
    public static final String DELETE = "ServiceOrderDeleteEvent";
    /** An item waits for information. */
    public static final String INFORMATION = "ServiceOrderInformationRequiredEvent";
    /** An item has come further. */
    public static final String MILESTONE = "ServiceOrderMilestoneEvent";
    /** An item takes longer than it should. */
    public static final String JEOPARDY = "ServiceOrderJeopardyEvent";
    /** Somebody wishes an order cancelled. */
    public static final String CANCEL_CREATE = "CancelServiceOrderCreateEvent";
    /** Such a wish is in another state. */
    public static final String CANCEL_STATE = "CancelServiceOrderStateChangeEvent";

    /** All types (TMF641 v4.1) that the hub has something to say for. */
    public static final Set<String> TYPES =
            Set.of(CREATE, ATTRIBUTE, STATE, DELETE, INFORMATION, MILESTONE, JEOPARDY, CANCEL_CREATE, CANCEL_STATE);

    /** Leaves the content out. */
    @Override
    public String toString() {
        return "OrderEvent[" + eventId + " " + type + " " + subject + "]";
    }
}
