package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderTerms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Finds in the details of an order what may be asked for again. */
public final class OrderTermsDocument {
    private OrderTermsDocument() {}

    /** @param details as this interface has kept them; empty for none */
    public static OrderTerms read(String details) {
        if (details.isEmpty()) {
            return OrderTerms.NONE;
        }
        ObjectNode root = OrderJson.kept(details);
        return new OrderTerms(text(root, "category"), text(root, "priority"), time(root));
    }

    private static @Nullable String text(ObjectNode root, String name) {
        JsonNode node = root.path(name);
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Instant time(ObjectNode root) {
        String text = text(root, "requestedCompletionDate");
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Not from this interface, which has looked at it
            return null;
        }
    }
}
