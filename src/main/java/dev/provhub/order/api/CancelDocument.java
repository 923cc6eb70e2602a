package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.CancelTask;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a CancelServiceOrder (TMF641 v4.1). */
final class CancelDocument {
    private static final String BASE = "/tmf-api/serviceOrdering/v4/";

    private final String base;

    CancelDocument(URI apiBase) {
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

    private static void time(ObjectNode root, String name, @Nullable Instant time) {
        if (time != null) {
            root.put(name, time.toString());
        }
    }
}
