package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.FeedIntake;
import dev.provhub.order.NewOrder;
import dev.provhub.order.ServiceOrder;
import dev.provhub.order.api.FedOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code feeds}: orders as messages or rows, from wherever a route brings them. */
public final class FeedsStep {
    /** What of a row or message tells what became of it. */
    static final String STATUS = "hubStatus";

    static final String REASON = "hubReason";
    static final String ORDER = "hubOrder";
    private static final String SUBJECT = "hubSubject";
    private static final String FAILED = "failed";

    private static final Logger LOG = LoggerFactory.getLogger(FeedsStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMMITS = "hubCommits";

    private final FedOrders messages;
    private final FeedIntake intake;
    private final AuditLog audit;
    private final Consumer<List<BulkIntake.Outcome>> alongside;

    /**
     * Needs what reads messages, what takes orders, and where it is written down who brought some.
     *
     * @param alongside is told of outcomes inside the transaction that keeps them
     */
    public FeedsStep(
            FedOrders messages, FeedIntake intake, AuditLog audit, Consumer<List<BulkIntake.Outcome>> alongside) {
        this.alongside = alongside;
        this.messages = messages;
        this.intake = intake;
        this.audit = audit;
    }

    /**
     * Takes the order in the body: text, bytes or a row. It is as ordered afterwards, or the step fails and says why.
     *
     * @throws OrderRefused when it is no order, or one that the hub refuses: trying again will not help, another mapping may
     */
    public void takeOne(Exchange exchange) throws OrderRefused {
        String message = text(exchange.getMessage().getBody());
        exchange.setProperty(HubExchange.MESSAGE, message);
        Map<String, Object> result =
                take(exchange, List.of(new Fed(null, message))).get(0);
        if (result.get(SUBJECT) != null) {
            exchange.setProperty(HubExchange.SUBJECT, result.get(SUBJECT));
        }
        if (FAILED.equals(result.get(STATUS))) {
            throw new OrderRefused(String.valueOf(result.get(REASON)));
        }
    }

    /**
     * Takes the rows in the body, a list of maps. Each row then has {@code hubStatus} ({@code ok} or {@code failed}), {@code
     * hubReason} and {@code hubOrder}, the id of what was kept or empty.
     */
    @SuppressWarnings("unchecked")
    public void takeRows(Exchange exchange) {
        List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
        List<Fed> fed = rows.stream().map(row -> new Fed(null, text(row))).toList();
        List<Map<String, Object>> results = take(exchange, fed);
        for (int index = 0; index < rows.size(); index++) {
            rows.get(index).putAll(results.get(index));
        }
        report(exchange, results);
    }

    /**
     * Takes the messages in the body, a list of exchanges as a batch of Kafka is. Leaves in the body those that failed, as maps with
     * {@code key}, {@code message}, {@code hubSubject} and {@code hubReason}.
     */
    public void takeMessages(Exchange exchange) {
        List<Fed> fed = new ArrayList<>();
        Map<String, KafkaManualCommit> commits = new LinkedHashMap<>();
        for (Object one : exchange.getMessage().getBody(List.class)) {
            var message = ((Exchange) one).getMessage();
            fed.add(new Fed(message.getHeader(KafkaConstants.KEY, String.class), text(message.getBody())));
            KafkaManualCommit commit = message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class);
            if (commit != null) {
                // The last one of each partition stands for all before it
                commits.put(String.valueOf(message.getHeader(KafkaConstants.PARTITION)), commit);
            }
        }
        exchange.setProperty(COMMITS, List.copyOf(commits.values()));
        List<Map<String, Object>> results = take(exchange, fed);
        List<Map<String, Object>> failed = new ArrayList<>();
        for (int index = 0; index < fed.size(); index++) {
            Map<String, Object> result = results.get(index);
            if (FAILED.equals(result.get(STATUS))) {
                Map<String, Object> dead = new LinkedHashMap<>(result);
                dead.put("key", fed.get(index).key());
                dead.put("message", fed.get(index).text());
                failed.add(dead);
            }
        }
        report(exchange, results);
        exchange.getMessage().setBody(failed);
    }

    /** Tells Kafka that the batch has been dealt with. */
    public void commit(Exchange exchange) {
        for (Object commit : exchange.getProperty(COMMITS, List.of(), List.class)) {
            ((KafkaManualCommit) commit).commit();
        }
    }

    /**
     * Makes one of what {@link #takeMessages} has left a message again, with the reason in the header {@code hub-reason}, and says for
     * a fault what it is about.
     */
    public void deadLetter(Exchange exchange) {
        Map<?, ?> dead = exchange.getMessage().getBody(Map.class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader("hub-reason", dead.get(REASON));
        if (dead.get("key") != null) {
            exchange.getMessage().setHeader(KafkaConstants.KEY, dead.get("key"));
        }
        exchange.setProperty(HubExchange.SUBJECT, dead.get(SUBJECT));
        exchange.setProperty(HubExchange.RETRY_AT, "direct:take-fed-order");
        exchange.setProperty(HubExchange.REASON, dead.get(REASON));
        exchange.setProperty(HubExchange.MESSAGE, dead.get("message"));
        exchange.getMessage().setBody(dead.get("message"));
    }

    /** As {@link #deadLetter}, of a row that {@link #takeRows} has taken. */
    public void deadRow(Exchange exchange) {
        Map<?, ?> taken = exchange.getMessage().getBody(Map.class);
        Map<Object, Object> row = new LinkedHashMap<>(taken);
        exchange.setProperty(HubExchange.REASON, row.remove(REASON));
        exchange.setProperty(HubExchange.SUBJECT, row.remove(SUBJECT));
        exchange.setProperty(HubExchange.RETRY_AT, "direct:take-fed-order");
        row.remove(STATUS);
        row.remove(ORDER);
        exchange.setProperty(HubExchange.MESSAGE, text(row));
    }

    private record Fed(@Nullable String key, String text) {
        @Override
        public String toString() {
            return "Fed[" + key + "]";
        }
    }

    private List<Map<String, Object>> take(Exchange exchange, List<Fed> fed) {
        List<NewOrder> orders = new ArrayList<>();
        List<@Nullable String> unreadable = new ArrayList<>();
        for (Fed one : fed) {
            try {
                orders.add(messages.read(one.text()));
                unreadable.add(null);
            } catch (FedOrders.Unreadable e) {
                unreadable.add(String.valueOf(e.getMessage()));
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                // The others of its batch are not to suffer for it
                LOG.error("A message cannot be read", e);
                unreadable.add("cannot be read: " + e.getClass().getSimpleName());
            }
        }
        String who = HubExchange.caller(exchange);
        List<BulkIntake.Outcome> outcomes = intake.take(orders, done -> noted(who, done), id -> fulfil(exchange, id));
        List<Map<String, Object>> results = new ArrayList<>();
        int next = 0;
        for (String reason : unreadable) {
            if (reason != null) {
                results.add(result(false, reason, null, null));
            } else {
                NewOrder order = orders.get(next);
                BulkIntake.Outcome outcome = outcomes.get(next++);
                results.add(result(outcome.ok(), outcome.reason(), outcome.order(), order.externalId()));
            }
        }
        return results;
    }

    private void noted(String who, List<BulkIntake.Outcome> outcomes) {
        long ok = outcomes.stream().filter(BulkIntake.Outcome::ok).count();
        if (ok > 0) {
            alongside.accept(outcomes);
            audit.add(who, "orders taken count=" + ok);
        }
    }

    private static Map<String, Object> result(
            boolean ok, String reason, @Nullable ServiceOrder order, @Nullable String externalId) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(STATUS, ok ? "ok" : FAILED);
        result.put(REASON, reason);
        result.put(ORDER, order == null ? "" : order.id());
        result.put(SUBJECT, externalId);
        return result;
    }

    private static void fulfil(Exchange exchange, String id) {
        try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
            template.send(
                    "direct:fulfil-order",
                    ExchangePattern.InOnly,
                    message -> message.setProperty(HubExchange.ORDER, id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(Exchange exchange, List<Map<String, Object>> results) {
        long failed = results.stream()
                .filter(result -> FAILED.equals(result.get(STATUS)))
                .count();
        if (!results.isEmpty()) {
            LOG.info(
                    "orders taken route={} ok={} failed={}",
                    exchange.getFromRouteId(),
                    results.size() - failed,
                    failed);
        }
    }

    private static String text(@Nullable Object body) {
        if (body instanceof Map<?, ?> row) {
            ObjectNode json = JSON.createObjectNode();
            row.forEach((name, value) -> json.put(String.valueOf(name), value == null ? null : value.toString()));
            return json.toString();
        }
        return body instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : body == null ? "" : body.toString();
    }
}
