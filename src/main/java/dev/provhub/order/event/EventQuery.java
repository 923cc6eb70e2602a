package dev.provhub.order.event;

import dev.provhub.order.CancelTask;
import dev.provhub.order.OrderState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a listener wants, and how: {@code eventType=…}, {@code state=…}, each with commas for several, and {@code
 * format=tmf} or {@code cloudevents}, joined by {@code &}.
 *
 * @param types  these alone; empty for all
 * @param states of orders and cancellations in these states alone; empty for all
 * @param cloud  as CloudEvents 1.0 in JSON, the standard's event being their data
 */
public record EventQuery(Set<String> types, Set<String> states, boolean cloud) {
    private static final Set<String> STATES = Stream.concat(
                    Arrays.stream(OrderState.values()).map(OrderState::wireName),
                    Arrays.stream(CancelTask.State.values()).map(CancelTask.State::wireName))
            .collect(Collectors.toUnmodifiableSet());

    /** Copies the sets. */
    public EventQuery {
        types = Set.copyOf(types);
        states = Set.copyOf(states);
    }

    /** @throws IllegalArgumentException naming what is wrong and what is allowed */
    public static EventQuery parse(String text) {
        Set<String> types = new HashSet<>();
        Set<String> states = new HashSet<>();
        boolean cloud = false;
        for (String part : text.strip().replaceFirst("^[?]", "").split("&", -1)) {
            if (part.isBlank()) {
                continue;
            }
            String name = part.replaceFirst("=.*$", "").strip();
            List<String> values = Arrays.stream(
                            part.substring(part.indexOf('=') + 1).split(",", -1))
                    .map(String::strip)
                    .toList();
            switch (name) {
                case "eventType" -> types.addAll(among(name, values, OrderEvent.TYPES));
                case "state" -> states.addAll(among(name, values, STATES));
                case "format" ->
                    cloud = among(name, values, Set.of("tmf", "cloudevents")).contains("cloudevents");
                default ->
                    throw new IllegalArgumentException(
                            "'" + name + "' is not known in a query; allowed: eventType, state, format");
            }
        }
        return new EventQuery(types, states, cloud);
    }

    private static List<String> among(String name, List<String> values, Set<String> allowed) {
        values.stream().filter(value -> !allowed.contains(value)).findFirst().ifPresent(value -> {
            throw new IllegalArgumentException(name + " '" + value + "' is not known; allowed: "
                    + allowed.stream().sorted().collect(Collectors.joining(", ")));
        });
        return values;
    }

    /**
     * Whether an event is wanted.
     *
     * @param state of the order or the cancellation that it tells of
     */
    public boolean wants(String type, String state) {
        return (types.isEmpty() || types.contains(type)) && (states.isEmpty() || states.contains(state));
    }
}
