package dev.provhub.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.fault.Fault;
import dev.provhub.fault.Faults;
import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.OrderEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** Makes faults of events that their listener has not taken for as long as they were tried. Thread-safe. */
public final class GivenUpEvents implements Consumer<EventDelivery> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEED = "publish-events-send";
    private static final String AGAIN = "direct:publish-event-again";

    private final Faults faults;
    private final Clock clock;

    /** Needs where faults are kept. */
    public GivenUpEvents(Faults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** An event, and the id of who was to have it. */
    record Kept(String listener, OrderEvent event) {}

    /** To be called in the transaction in which the outbox forgets it. */
    @Override
    public void accept(EventDelivery delivery) {
        OrderEvent event = delivery.event();
        String reason = delivery.reason() == null ? "not taken" : delivery.reason();
        faults.keep(
                new Fault.Failure(
                        FEED,
                        event.type() + " of order " + event.subject() + " for listener "
                                + delivery.to().id() + ", event " + event.eventId(),
                        AGAIN,
                        reason,
                        message(delivery)),
                clock.instant());
    }

    private static String message(EventDelivery delivery) {
        OrderEvent event = delivery.event();
        ObjectNode message = JSON.createObjectNode()
                .put("listener", delivery.to().id())
                .put("eventId", event.eventId())
                .put("order", event.subject())
                .put("type", event.type())
                .put("time", event.time().toString());
        try {
            return message.<ObjectNode>set("event", JSON.readTree(event.content()))
                    .toString();
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the text
            throw new IllegalStateException("the content of an event is not JSON");
        }
    }

    /** @throws IOException when it is not what was kept */
    static Kept read(String message) throws IOException {
        JsonNode json = JSON.readTree(message);
        return new Kept(
                json.path("listener").asText(),
                new OrderEvent(
                        json.path("eventId").asText(),
                        json.path("order").asText(),
                        json.path("type").asText(),
                        Instant.parse(json.path("time").asText()),
                        json.path("event").toString()));
    }
}
