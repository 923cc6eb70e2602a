package dev.provhub.steps;

import dev.provhub.order.FeedMarks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;

/** Step {@code crm}: how far a table was read. */
public final class CrmStep {
    private static final String FEED = "poll-crm";

    private final FeedMarks marks;
    private final String column;
    private final String start;

    /**
     * Needs where marks are kept.
     *
     * @param column that only grows; empty for none
     * @param start  the mark before anything was read
     */
    public CrmStep(FeedMarks marks, String column, String start) {
        this.marks = marks;
        this.column = column;
        this.start = start;
    }

    /** Leaves the watermark in the body, as a map. */
    public void from(Exchange exchange) {
        exchange.getMessage().setBody(Map.of("watermark", marks.find(FEED).orElse(start)));
    }

    /** The rows that {@code hubRows} has are dealt with; the watermark is that of the last one. */
    public void done(Exchange exchange) {
        List<?> rows = exchange.getProperty("hubRows", List.of(), List.class);
        if (column.isEmpty() || rows.isEmpty()) {
            return;
        }
        Map<?, ?> last = (Map<?, ?>) Objects.requireNonNull(rows.get(rows.size() - 1));
        Object value = last.get(column);
        if (value == null) {
            throw new IllegalStateException(
                    "the last row has no value in the column " + column + " of hub.crm.watermark");
        }
        marks.set(FEED, value.toString());
    }
}
