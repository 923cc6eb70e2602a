package dev.provhub.order.api;

import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderState;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to see of the orders.
 *
 * @param filter which orders
 * @param fields which attributes; empty for all
 * @param offset from 0
 * @param limit  from 1 to 1,000
 */
record OrderQuery(OrderRepository.Filter filter, Set<String> fields, int offset, int limit) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;
    private static final List<String> PARAMETERS = List.of("externalId", "state", "fields", "offset", "limit");

    /** @throws TmfRefusal naming parameter, value and what is allowed */
    static OrderQuery read(Map<String, String> query) {
        query.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal("query parameter", name, String.join(", ", PARAMETERS));
                });
        return new OrderQuery(
                new OrderRepository.Filter(query.get("externalId"), state(query)),
                fields(query),
                number(query, "offset", 0, 0, Integer.MAX_VALUE),
                number(query, "limit", DEFAULT_LIMIT, 1, HIGHEST_LIMIT));
    }

    /** Names of attributes, separated by commas. */
    static Set<String> fields(Map<String, String> query) {
        Set<String> fields = new LinkedHashSet<>();
        Optional.ofNullable(query.get("fields")).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(fields::add);
        return fields;
    }

    private static @Nullable OrderState state(Map<String, String> query) {
        String word = query.get("state");
        return word == null
                ? null
                : OrderState.find(word)
                        .orElseThrow(() -> refusal(
                                "state",
                                word,
                                String.join(
                                        ", ",
                                        Arrays.stream(OrderState.values())
                                                .map(OrderState::wireName)
                                                .toList())));
    }

    private static int number(Map<String, String> query, String name, int otherwise, int from, int to) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        boolean isNumber = text.matches("[0-9]{1,9}");
        if (!isNumber || Integer.parseInt(text) < from || Integer.parseInt(text) > to) {
            throw refusal(name, text, "a whole number from " + from + " to " + to);
        }
        return Integer.parseInt(text);
    }

    private static TmfRefusal refusal(String name, String value, String allowed) {
        return new TmfRefusal(TmfError.invalidQuery(new OrderProblem(name, value, allowed)));
    }
}
