package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.UnitOfWork;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.event.CallbackRules;
import dev.provhub.order.event.EventOutbox;
import dev.provhub.order.event.EventQuery;
import dev.provhub.order.event.EventSubscription;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** TMF641 v4.1 hub: who listens to events. Who may do it is decided before. Thread-safe. */
public final class EventHubApi {
    /** So many may listen. */
    static final int MOST = 100;

    private static final String PATH = "/tmf-api/serviceOrdering/v4/hub";
    private static final int LONGEST_QUERY = 1000;
    private static final Set<String> MEMBERS = Set.of("callback", "query", "secret");

    private final EventOutbox outbox;
    private final CallbackRules rules;
    private final UnitOfWork work;
    private final String collection;
    private final Clock clock;

    /** @param apiBase base URL of the administration interface, which links begin with */
    public EventHubApi(EventOutbox outbox, CallbackRules rules, UnitOfWork work, URI apiBase, Clock clock) {
        this.outbox = outbox;
        this.rules = rules;
        this.work = work;
        this.collection = apiBase.toString().replaceAll("/+$", "") + PATH;
        this.clock = clock;
    }

    /**
     * {@code POST /hub}: 201 with the subscription; 409 when the same callback listens with the same query, or too many do.
     *
     * @param alongside is told the id in the transaction that keeps it
     */
    public ApiAnswer register(byte[] body, Consumer<String> alongside) {
        return TmfAnswers.answered(() -> {
            EventSubscription wanted = read(OrderJson.object(body));
            work.run(() -> {
                List<EventSubscription> listening = outbox.subscriptions();
                if (listening.size() >= MOST) {
                    throw new TmfRefusal(TmfError.notPossible(MOST + " listeners are registered already"));
                }
                boolean isThere = listening.stream()
                        .anyMatch(one ->
                                CallbackRules.normal(one.callback()).equals(CallbackRules.normal(wanted.callback()))
                                        && one.query().equals(wanted.query()));
                if (isThere) {
                    throw new TmfRefusal(TmfError.notPossible("this callback listens with this query already"));
                }
                outbox.subscribe(wanted);
                alongside.accept(wanted.id());
                return wanted;
            });
            return TmfAnswers.answer(201, document(wanted), Map.of("Location", collection + "/" + wanted.id()));
        });
    }

    private EventSubscription read(ObjectNode root) {
        List<OrderProblem> problems = new ArrayList<>(Shapes.problems(root, "EventSubscriptionInput"));
        root.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name) && !name.startsWith("@")) {
                problems.add(new OrderProblem(name, "", "callback, query or secret"));
            }
        });
        String callback = root.path("callback").asText("");
        if (problems.isEmpty()) {
            rules.objection(callback)
                    .ifPresent(allowed ->
                            problems.add(new OrderProblem("callback", CallbackRules.shown(callback), allowed)));
        }
        String query =
                root.path("query").isNull() ? "" : root.path("query").asText("").strip();
        try {
            if (query.length() > LONGEST_QUERY) {
                problems.add(new OrderProblem("query", query, "at most " + LONGEST_QUERY + " characters"));
            }
            EventQuery.parse(query);
        } catch (IllegalArgumentException e) {
            problems.add(new OrderProblem("query", query, String.valueOf(e.getMessage())));
        }
        String secret = root.path("secret").asText("");
        if (root.has("secret") && !secret.matches("[\\x21-\\x7e]{16,256}")) {
            problems.add(new OrderProblem(
                    "secret", OrderProblem.MASK, "16 to 256 printable ASCII characters without blanks"));
        }
        if (!problems.isEmpty()) {
            throw new TmfRefusal(TmfError.invalidFields(problems));
        }
        return new EventSubscription(
                UUID.randomUUID().toString(), callback, query, secret.isEmpty() ? null : secret, clock.instant(), 0);
    }

    private static ObjectNode document(EventSubscription subscription) {
        ObjectNode root = OrderJson.kept("");
        root.put("id", subscription.id());
        root.put("callback", subscription.callback());
        if (!subscription.query().isEmpty()) {
            root.put("query", subscription.query());
        }
        return root;
    }

    /** {@code DELETE /hub/{id}}: 204 or 404. What waits for the listener is forgotten. */
    public ApiAnswer unregister(String id, Runnable alongside) {
        return TmfAnswers.answered(() -> {
            boolean gone = work.run(() -> {
                boolean removed = !id.equals(EventSubscription.ROUTE) && outbox.unsubscribe(id);
                if (removed) {
                    alongside.run();
                }
                return removed;
            });
            if (!gone) {
                throw new TmfRefusal(TmfError.notFound("listener", id));
            }
            return TmfAnswers.nothing();
        });
    }
}
