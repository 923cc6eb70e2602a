package dev.provhub.order.api;

import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    static final int DEFAULT_LIMIT = 100;
    static final int HIGHEST_LIMIT = 1_000;
    private static final Map<String, OrderRepository.OrderTime> TIMES = Map.of(
            "orderDate", OrderRepository.OrderTime.ORDER_DATE,
            "requestedStartDate", OrderRepository.OrderTime.REQUESTED_START,
            "requestedCompletionDate", OrderRepository.OrderTime.REQUESTED_COMPLETION,
            "startDate", OrderRepository.OrderTime.STARTED,
            "completionDate", OrderRepository.OrderTime.COMPLETED);
    private static final List<String> PARAMETERS = List.of(
            "externalId",
            "state",
            "fields",
            "offset",
            "limit",
            "id",
            "macAddress",
            "orderDate[.gt|.gte|.lt|.lte]",
            "category",
            "priority",
            "requestedStartDate[…]",
            "requestedCompletionDate[…]",
            "startDate[…]",
            "completionDate[…]");

    /** @throws TmfRefusal naming parameter, value and what is allowed */
    static OrderQuery read(Map<String, String> query) {
        Map<OrderRepository.OrderTime, OrderRepository.Range> times = new EnumMap<>(OrderRepository.OrderTime.class);
        query.forEach((name, value) -> {
            String attribute = name.replaceFirst("[.](gt|gte|lt|lte)$", "");
            OrderRepository.OrderTime time = TIMES.get(attribute);
            if (time != null) {
                times.merge(time, range(name, name.substring(attribute.length()), value), OrderQuery::both);
            } else if (!PARAMETERS.contains(name) || name.contains("[")) {
                throw refusal("query parameter", name, String.join(", ", PARAMETERS));
            }
        });
        return new OrderQuery(
                new OrderRepository.Filter(
                        texts(query, "id"),
                        one(query, "externalId"),
                        states(query),
                        terms(query, "category"),
                        terms(query, "priority"),
                        mac(query),
                        times),
                fields(query),
                number(query, "offset", 0, 0, Integer.MAX_VALUE),
                number(query, "limit", DEFAULT_LIMIT, 1, HIGHEST_LIMIT));
    }

    /** The database keeps microseconds. */
    private static OrderRepository.Range range(String name, String operator, String value) {
        Instant time = time(name, value);
        Instant next = time.plus(1, ChronoUnit.MICROS);
        return switch (operator) {
            case ".gt" -> new OrderRepository.Range(next, null);
            case ".gte" -> new OrderRepository.Range(time, null);
            case ".lt" -> new OrderRepository.Range(null, time);
            case ".lte" -> new OrderRepository.Range(null, next);
            default -> new OrderRepository.Range(time, next);
        };
    }

    private static OrderRepository.Range both(OrderRepository.Range one, OrderRepository.Range other) {
        return new OrderRepository.Range(
                one.from() == null ? other.from() : one.from(), one.to() == null ? other.to() : one.to());
    }

    private static Instant time(String name, String value) {
        try {
            // A plus that was not encoded has become a blank
            return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw refusal(name, value, "a date and time such as 2026-01-31T08:00:00Z");
        }
    }

    private static @Nullable MacAddress mac(Map<String, String> query) {
        String text = query.get("macAddress");
        return text == null
                ? null
                : MacAddress.find(text).orElseThrow(() -> refusal("macAddress", text, "twelve hex digits"));
    }

    private static List<String> one(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name)).stream().toList();
    }

    /** Several are separated by commas. */
    private static List<String> texts(Map<String, String> query, String name) {
        return one(query, name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Several are separated by commas; one may have a comma in it too. */
    private static List<String> terms(Map<String, String> query, String name) {
        return Stream.concat(texts(query, name).stream(), one(query, name).stream())
                .distinct()
                .toList();
    }

    /** Names of attributes, separated by commas. */
    static Set<String> fields(Map<String, String> query) {
        Set<String> fields = new LinkedHashSet<>();
        Optional.ofNullable(query.get("fields")).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(fields::add);
        fields.stream().filter(name -> name.contains(".")).findFirst().ifPresent(name -> {
            throw refusal("fields", name, "names of attributes of the whole, such as state,externalId");
        });
        return fields;
    }

    /** Of one thing that is asked for by its id, which no other parameter selects. */
    static Set<String> fieldsAlone(Map<String, String> query) {
        query.keySet().stream()
                .filter(name -> !name.equals("fields"))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal("query parameter", name, "fields");
                });
        return fields(query);
    }

    private static List<OrderState> states(Map<String, String> query) {
        return texts(query, "state").stream()
                .map(word -> OrderState.find(word)
                        .orElseThrow(() -> refusal(
                                "state",
                                word,
                                String.join(
                                        ", ",
                                        Arrays.stream(OrderState.values())
                                                .map(OrderState::wireName)
                                                .toList()))))
                .toList();
    }

    static int number(Map<String, String> query, String name, int otherwise, int from, int to) {
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

    static TmfRefusal refusal(String name, String value, String allowed) {
        return new TmfRefusal(TmfError.invalidQuery(new OrderProblem(name, value, allowed)));
    }
}
