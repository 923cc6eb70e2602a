package dev.provhub.order.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One page of a collection, as the headers of an answer tell it (TMF630, part 1). */
final class TmfPage {
    private TmfPage() {}

    /**
     * {@code X-Total-Count}, {@code X-Result-Count}, and {@code Link} where there is another page.
     *
     * @param collection URL of the whole
     * @param query      that was asked
     */
    static Map<String, String> headers(
            String collection, Map<String, String> query, int offset, int limit, int found, long total) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Total-Count", Long.toString(total));
        headers.put("X-Result-Count", Integer.toString(found));
        List<String> links = new ArrayList<>();
        if (offset + (long) limit < total) {
            links.add(link(collection, query, offset + limit, "next"));
        }
        if (offset > 0) {
            links.add(link(collection, query, (int) Math.max(0, Math.min(offset, total) - limit), "prev"));
        }
        if (!links.isEmpty()) {
            headers.put("Link", String.join(", ", links));
        }
        return headers;
    }

    private static String link(String collection, Map<String, String> query, int offset, String relation) {
        Map<String, String> changed = new LinkedHashMap<>(query);
        changed.put("offset", Integer.toString(offset));
        Function<String, String> encoded = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        List<String> parameters = changed.entrySet().stream()
                .map(entry -> encoded.apply(entry.getKey()) + "=" + encoded.apply(entry.getValue()))
                .toList();
        return "<" + collection + "?" + String.join("&", parameters) + ">; rel=\"" + relation + "\"";
    }
}
