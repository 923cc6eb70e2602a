package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.order.api.EventHubApi;
import dev.provhub.order.event.CallbackRules;
import dev.provhub.order.event.EventDispatch;
import dev.provhub.order.event.EventOutbox;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Step {@code orderEvents}: who listens to the events of orders, what waits for them, and what they did not take. */
public final class OrderEventsStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 16 * 1024;
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final EventHubApi api;
    private final EventOutbox outbox;
    private final EventDispatch dispatch;
    private final AuditLog audit;
    private final Clock clock;

    /** Needs the outbox, and what brings events out of it. */
    public OrderEventsStep(EventHubApi api, EventOutbox outbox, EventDispatch dispatch, AuditLog audit, Clock clock) {
        this.api = api;
        this.outbox = outbox;
        this.dispatch = dispatch;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins to bring out what waits; does not wait for the end. */
    public void wake() {
        dispatch.wake();
    }

    /** Forgets events that wait for nobody. */
    public void sweep() {
        outbox.sweep(clock.instant().minus(ORPHANED));
    }

    /** {@code POST /hub}. */
    public void register(Exchange exchange) {
        byte[] body = ApiAnswers.body(exchange, LARGEST_BODY_BYTES);
        Optional<String> objection = JsonContent.objection(exchange);
        if (objection.isPresent()) {
            ApiAnswers.problem(exchange, 415, "Unsupported Media Type", objection.get());
            return;
        }
        if (body.length > LARGEST_BODY_BYTES) {
            ApiAnswers.problem(exchange, 413, "Content Too Large", "a registration may have 16 KiB at most");
            return;
        }
        String who = HubExchange.caller(exchange);
        ApiAnswers.answer(
                exchange,
                api.register(body, id -> audit.add(who, "listener to order events registered listener=" + id)));
    }

    /** {@code DELETE /hub/{id}}. */
    public void unregister(Exchange exchange) {
        String id = exchange.getMessage().getHeader("id", "", String.class);
        String who = HubExchange.caller(exchange);
        ApiAnswers.answer(
                exchange, api.unregister(id, () -> audit.add(who, "listener to order events removed listener=" + id)));
    }

    /** Who listens, and what waits for each. Of the address only what holds no token, see {@link CallbackRules#shown}. */
    public void listeners(Exchange exchange) {
        Map<String, EventOutbox.Backlog> backlog =
                outbox.backlog().stream().collect(Collectors.toMap(EventOutbox.Backlog::subscriptionId, one -> one));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("listeners");
        outbox.subscriptions().forEach(one -> {
            EventOutbox.Backlog waiting = backlog.get(one.id());
            all.addObject()
                    .put("id", one.id())
                    .put("callback", CallbackRules.shown(one.callback()))
                    .put("query", one.query())
                    .put("signed", one.secret() != null)
                    .put("created", one.created().toString())
                    .put("failures", one.failures())
                    .put("waiting", waiting == null ? 0 : waiting.waiting())
                    .put(
                            "oldest",
                            waiting == null || waiting.oldest() == null
                                    ? null
                                    : waiting.oldest().toString());
        });
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /**
     * Puts the event in the body, JSON with {@code listener} and {@code event}, before its listener once more; it is what {@link
     * GivenUpEvents} has kept.
     *
     * @throws IOException              when the body is not that
     * @throws NoSuchListenerException when the listener is not registered any more
     */
    public void again(Exchange exchange) throws IOException, NoSuchListenerException {
        GivenUpEvents.Kept kept = GivenUpEvents.read(exchange.getMessage().getBody(String.class));
        if (!outbox.again(kept.event(), kept.listener(), clock.instant())) {
            throw new NoSuchListenerException("the listener is not registered any more");
        }
        dispatch.wake();
    }

    /** Says for people that nobody is there to be told. */
    static final class NoSuchListenerException extends Exception {
        NoSuchListenerException(String message) {
            super(message);
        }
    }
}
