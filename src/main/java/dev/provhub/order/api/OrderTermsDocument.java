package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderTerms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds in the details of an order what may be asked for again. */
public final class OrderTermsDocument {
    private static final String COMPLETION = "requestedCompletionDate";

    private OrderTermsDocument() {}

    /** @param details as this interface has kept them; empty for none */
    public static OrderTerms read(String details) {
        if (details.isEmpty()) {
            return OrderTerms.NONE;
        }
        ObjectNode root = OrderJson.kept(details);
        return new OrderTerms(text(root, "category"), text(root, "priority"), time(root, COMPLETION));
    }

    /** @throws TmfRefusal naming what cannot be of the terms of an order whose attributes are of the right kind */
    static void check(ObjectNode root) {
        List<OrderProblem> problems = new ArrayList<>();
        String priority = text(root, "priority");
        if (priority != null && !priority.matches("[0-4]")) {
            problems.add(new OrderProblem("priority", priority, "0 (the highest) to 4 (the lowest)"));
        }
        Instant start = time(root, "requestedStartDate");
        Instant completion = time(root, COMPLETION);
        if (start != null && completion != null && completion.isBefore(start)) {
            problems.add(new OrderProblem(
                    COMPLETION, root.path(COMPLETION).asText(), "a time that is not before requestedStartDate"));
        }
        if (!problems.isEmpty()) {
            throw new TmfRefusal(TmfError.invalidFields(problems));
        }
    }

    private static @Nullable String text(ObjectNode root, String name) {
        JsonNode node = root.path(name);
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Instant time(ObjectNode root, String name) {
        String text = text(root, name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Not from this interface, which has looked at it
            return null;
        }
    }
}
