package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderState;
import dev.provhub.order.ServiceOrder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what happened to an order on its way: milestones, alerts, what went wrong. */
final class OrderProgress {
    /** The device's data is as ordered. */
    static final String CONFIGURED = "configured";
    /** The device has been given it. */
    static final String FETCHED = "fetched";
    /** The device has shown that it has applied it. */
    static final String APPLIED = "applied";
    /** The device takes longer than it should. */
    static final String NOT_FETCHED = "notFetched";

    private static final String NOT_CONFIGURED = "notConfigured";
    private static final String NOT_APPLIED = "notApplied";
    private static final Map<String, String> LATE = Map.of(
            NOT_CONFIGURED, "what it is to be given was not made in time",
            NOT_FETCHED, "it has not fetched it in time",
            NOT_APPLIED, "it has not shown in time that it has applied it");

    /**
     * What is to be said of an item that did not go well.
     *
     * @param code   for programs
     * @param reason fixed text of the code
     */
    record Wrong(String code, String reason) {
        static Wrong of(OrderItem item) {
            if (item.wantsInformation()) {
                return new Wrong("informationRequired", "The item waits for information");
            }
            return item.isOvertaken()
                    ? new Wrong("overtaken", "A later order has overtaken the item")
                    : new Wrong("notPossible", "The item cannot be carried out");
        }
    }

    private final ObjectNode root;
    private final ServiceOrder order;
    private final String href;

    OrderProgress(ObjectNode root, ServiceOrder order, String href) {
        this.root = root;
        this.order = order;
        this.href = href;
    }

    void write() {
        for (OrderItem item : order.items()) {
            OrderItem.Progress progress = item.progress();
            milestone(item, CONFIGURED, "The hub has the data that the device is to be given", progress.configured());
            milestone(item, FETCHED, "The device has fetched it", progress.fetched());
            milestone(item, APPLIED, "The device has shown that it has applied it", progress.applied());
            alert(item, progress.jeopardy());
            error(item);
        }
    }

    private void milestone(OrderItem item, String name, String description, @Nullable Instant time) {
        if (time != null) {
            ObjectNode milestone = root.withArray("milestone")
                    .addObject()
                    .put("id", item.id() + "-" + name)
                    .put("name", name)
                    .put("description", description)
                    .put("status", "reached")
                    .put("milestoneDate", time.toString())
                    .put("@type", "ServiceOrderMilestone");
            reference(milestone, item);
        }
    }

    private void alert(OrderItem item, @Nullable Instant time) {
        if (time != null) {
            String name = lateness(item.progress(), time);
            ObjectNode alert = root.withArray("jeopardyAlert")
                    .addObject()
                    .put("id", item.id() + "-" + name)
                    .put("name", name)
                    .put("jeopardyType", "late")
                    .put("message", "device " + item.line().mac() + ": " + LATE.get(name))
                    .put("alertDate", time.toString())
                    .put("@type", "ServiceOrderJeopardyAlert");
            reference(alert, item);
        }
    }

    /** What was missing when it was late. */
    static String lateness(OrderItem.Progress progress, Instant late) {
        if (isReached(progress.fetched(), late)) {
            return NOT_APPLIED;
        }
        return isReached(progress.configured(), late) ? NOT_FETCHED : NOT_CONFIGURED;
    }

    private static boolean isReached(@Nullable Instant milestone, Instant late) {
        return milestone != null && !milestone.isAfter(late);
    }

    private void error(OrderItem item) {
        if ((item.state() == OrderState.FAILED && item.reason() != null) || item.isOvertaken()) {
            ObjectNode error = root.withArray("errorMessage")
                    .addObject()
                    .put("code", Wrong.of(item).code())
                    .put("reason", Wrong.of(item).reason())
                    .put("message", item.reason())
                    .put("@type", "ServiceOrderErrorMessage");
            reference(error, item);
        }
    }

    private void reference(ObjectNode holder, OrderItem item) {
        holder.putArray("serviceOrderItem")
                .addObject()
                .put("id", item.id())
                .put("itemId", item.id())
                .put("serviceOrderId", order.id())
                .put("serviceOrderHref", href)
                .put("@type", "ServiceOrderItemRef")
                .put("@referredType", "ServiceOrderItem");
    }
}
