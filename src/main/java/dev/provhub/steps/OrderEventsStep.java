package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.UnitOfWork;
import dev.provhub.order.api.EventHubApi;
import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.EventDispatch;
import dev.provhub.order.event.EventOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Step {@code orderEvents}: who listens to the events of orders, what waits for them, and what they did not take. */
public final class OrderEventsStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 16 * 1024;
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final EventHubApi api;
    private final EventOutbox outbox;
    private final EventDispatch dispatch;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Clock clock;

    /** Needs the outbox, and what brings events out of it. */
    public OrderEventsStep(
            EventHubApi api, EventOutbox outbox, EventDispatch dispatch, UnitOfWork work, AuditLog audit, Clock clock) {
        this.api = api;
        this.outbox = outbox;
        this.dispatch = dispatch;
        this.work = work;
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

    /** Who listens, and what waits for each. The address without path and query, in which a token may stand. */
    public void listeners(Exchange exchange) {
        Map<String, EventOutbox.Backlog> backlog =
                outbox.backlog().stream().collect(Collectors.toMap(EventOutbox.Backlog::subscriptionId, one -> one));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("listeners");
        outbox.subscriptions().forEach(one -> {
            EventOutbox.Backlog waiting = backlog.get(one.id());
            all.addObject()
                    .put("id", one.id())
                    .put("callback", one.callback().replaceFirst("^([^:]*://[^/?#]*).*$", "$1"))
                    .put("query", one.query())
                    .put("signed", one.secret() != null)
                    .put("created", one.created().toString())
                    .put("failures", one.failures())
                    .put("waiting", waiting == null ? 0 : waiting.waiting())
                    .put("dead", waiting == null ? 0 : waiting.dead())
                    .put(
                            "oldest",
                            waiting == null || waiting.oldest() == null
                                    ? null
                                    : waiting.oldest().toString());
        });
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** Events that were given up, the oldest first: {@code limit} (1 to 1000, 100 when missing) behind the one of id {@code after}. */
    public void dead(Exchange exchange) {
        try {
            int limit = (int) QueryNumbers.of(exchange, "limit", USUAL, MOST);
            String after = exchange.getMessage().getHeader("after", "0", String.class);
            List<EventDelivery> page = outbox.dead(Long.parseLong(after), limit);
            ObjectNode json = JSON.createObjectNode();
            ArrayNode all = json.putArray("events");
            page.forEach(one -> all.addObject()
                    .put("id", one.id())
                    .put("eventId", one.event().eventId())
                    .put("type", one.event().type())
                    .put("order", one.event().subject())
                    .put("time", one.event().time().toString())
                    .put("listener", one.to().id())
                    .put("attempts", one.attempts())
                    .put("reason", one.reason()));
            json.put("next", page.size() == limit ? page.get(limit - 1).id() : null);
            ApiAnswers.json(exchange, 200, json.toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", "limit is 1 to 1000, after an id");
        }
    }

    /** One that was given up is tried again, or all: 202 with how many; 404. */
    public void retry(Exchange exchange) {
        String id = exchange.getMessage().getHeader("id", "", String.class);
        if (!id.matches("([0-9]{1,18})?")) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such event that was given up");
            return;
        }
        String who = HubExchange.caller(exchange);
        int revived = work.run(() -> {
            int some = outbox.revive(id.isEmpty() ? null : Long.valueOf(id), clock.instant());
            if (some > 0) {
                audit.add(who, "events of orders tried again event=" + (id.isEmpty() ? "all" : id) + " count=" + some);
            }
            return some;
        });
        if (revived == 0 && !id.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such event that was given up");
            return;
        }
        dispatch.wake();
        ApiAnswers.json(
                exchange, 202, JSON.createObjectNode().put("count", revived).toString());
    }

    /** One that was given up is forgotten: 204, 404. */
    public void drop(Exchange exchange) {
        String id = exchange.getMessage().getHeader("id", "", String.class);
        String who = HubExchange.caller(exchange);
        boolean dropped = id.matches("[0-9]{1,18}")
                && work.run(() -> {
                    boolean gone = outbox.drop(Long.parseLong(id));
                    if (gone) {
                        audit.add(who, "event of an order forgotten event=" + id);
                    }
                    return gone;
                });
        if (dropped) {
            ApiAnswers.answer(exchange, 204, "application/json", null);
        } else {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such event that was given up");
        }
    }
}
