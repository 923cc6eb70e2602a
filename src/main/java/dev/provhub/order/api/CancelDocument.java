package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.CancelTask;
import dev.provhub.order.OrderMapping;
import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a CancelServiceOrder (TMF641 v4.1). */
final class CancelDocument {
    private static final String BASE = "/tmf-api/serviceOrdering/v4/";

    private final String base;
    private final Supplier<OrderMapping> mapping;

    CancelDocument(URI apiBase, Supplier<OrderMapping> mapping) {
        this.mapping = mapping;
        this.base = apiBase.toString().replaceAll("/+$", "") + BASE;
    }

    /** Absolute URL of all. */
    String collection() {
        return base + "cancelServiceOrder";
    }

    String href(CancelTask task) {
        return collection() + "/" + task.id();
    }

    ObjectNode write(CancelTask task) {
        ObjectNode root = OrderJson.kept(task.details());
        mask(root);
        root.put("id", task.id());
        root.put("href", href(task));
        root.put("state", task.state().wireName());
        time(root, "effectiveCancellationDate", task.effective());
        if (!root.has("@type")) {
            root.put("@type", "CancelServiceOrder");
        }
        ObjectNode order = root.withObject("/serviceOrder");
        order.put("id", task.orderId());
        order.put("href", base + "serviceOrder/" + task.orderId());
        order.put("@referredType", "ServiceOrder");
        if (task.state() == CancelTask.State.DONE) {
            root.put("completionMessage", "The order is cancelled, but for what was completed before");
        }
        if (task.message() != null) {
            root.putObject("errorMessage")
                    .put("code", "notPossible")
                    .put("reason", "The order was not cancelled")
                    .put("message", task.message())
                    .put("@type", "ErrorMessage");
        }
        return root;
    }

    /** Makes it so that it may be kept and shown. */
    void mask(ObjectNode root) {
        SecretMembers.mask(root, mapping.get());
    }

    private static void time(ObjectNode root, String name, @Nullable Instant time) {
        if (time != null) {
            root.put(name, time.toString());
        }
    }
}
