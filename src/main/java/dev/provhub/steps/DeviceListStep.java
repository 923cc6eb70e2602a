package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.DeviceSearch.Found;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterParser;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/** Step {@code deviceList}: devices that a filter means, page by page. */
public final class DeviceListStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Set<String> FIELDS = Set.of(
            "mac",
            "model",
            "productNumber",
            "serial",
            "claimed",
            "tenant",
            "plan",
            "timeZone",
            "labels",
            "state",
            "revision",
            "appliedRevision",
            "applied",
            "runningVersion",
            "certificateEnd",
            "revoked",
            "settings",
            "secretSettings",
            "lines",
            "lastContact");

    private final DeviceSearch search;
    private final FilterParser filters;
    private final DeviceJson json;

    /** @param isSecret whether the value of a device's own setting is never shown */
    public DeviceListStep(DeviceSearch search, FilterParser filters, DeviceModels models, Predicate<String> isSecret) {
        this.search = search;
        this.filters = filters;
        this.json = new DeviceJson(models, isSecret);
    }

    /**
     * A page of the devices that {@code filter} means (all when it is not sent), in order of their MAC addresses: {@code limit} of
     * them (100; at most 1,000) behind the cursor {@code after}, with {@code fields} alone, with {@code count=true} how many there are.
     * {@code next} is where the next page is, also in a {@code Link} header; null on the last one.
     */
    public void list(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            String text = ApiQuery.text(exchange, "filter");
            DeviceFilter filter = text.isEmpty() ? DeviceFilter.EVERY : filters.parse(text);
            int limit = ApiQuery.number(exchange, "limit", USUAL, MOST);
            Set<String> fields = ApiQuery.names(exchange, "fields", FIELDS);
            MacAddress after = ApiQuery.after(exchange);
            boolean counted = ApiQuery.flag(exchange, "count");
            // One more than is shown tells whether there is another page
            List<Found> found = search.page(filter, after, limit + 1);
            List<Found> page = found.subList(0, Math.min(limit, found.size()));
            ObjectNode body = JSON.createObjectNode();
            if (counted) {
                body.put("count", search.count(filter));
            }
            ArrayNode devices = body.putArray("devices");
            page.forEach(one -> devices.add(narrowed(json.describe(one), fields)));
            String next = found.size() <= limit
                    ? null
                    : "/api/v1/devices?" + (text.isEmpty() ? "" : "filter=" + ApiQuery.encoded(text) + "&")
                            + (fields.isEmpty() ? "" : "fields=" + String.join(",", fields) + "&") + "limit=" + limit
                            + "&after=" + ApiQuery.cursor(last(page));
            body.put("next", next);
            ApiAnswers.json(exchange, 200, body.toString());
            if (next != null) {
                exchange.getMessage().setHeader("Link", "<" + next + ">; rel=\"next\"");
            }
        });
    }

    private static MacAddress last(List<Found> page) {
        return page.get(page.size() - 1).candidate().device().mac();
    }

    private static ObjectNode narrowed(ObjectNode device, Set<String> fields) {
        return fields.isEmpty() ? device : device.retain(fields);
    }
}
