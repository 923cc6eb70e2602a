package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import java.util.List;
import org.apache.camel.Exchange;

/** Step {@code audit}: who has changed what. */
public final class AuditStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final AuditLog audit;

    /** Needs the log. */
    public AuditStep(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A page of the log, newest first: {@code limit} entries (1 to 1000, 100 when missing) before the one numbered {@code
     * before}; {@code next} is what to say there for the page after.
     */
    public void page(Exchange exchange) {
        try {
            int limit = (int) QueryNumbers.of(exchange, "limit", USUAL, MOST);
            List<AuditLog.Numbered> page =
                    audit.page(QueryNumbers.of(exchange, "before", Long.MAX_VALUE, Long.MAX_VALUE), limit);
            ObjectNode json = JSON.createObjectNode();
            ArrayNode entries = json.putArray("entries");
            for (AuditLog.Numbered numbered : page) {
                entries.addObject()
                        .put("id", numbered.id())
                        .put("time", numbered.entry().time().toString())
                        .put("who", numbered.entry().who())
                        .put("what", numbered.entry().what());
            }
            json.put("next", page.size() == limit ? page.get(limit - 1).id() : null);
            ApiAnswers.json(exchange, 200, json.toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", String.valueOf(e.getMessage()));
        }
    }
}
