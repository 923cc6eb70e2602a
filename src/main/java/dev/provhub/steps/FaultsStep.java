package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.UnitOfWork;
import dev.provhub.fault.Fault;
import dev.provhub.fault.Faults;
import dev.provhub.routing.RunningRoutes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code faults}: keeps what a route could not deal with, shows it, and has it tried again or dropped. */
public final class FaultsStep {
    /** What an endpoint begins with to which a message may be sent again: all within the hub. */
    private static final List<String> INSIDE = List.of("direct:", "seda:");

    private static final Logger LOG = LoggerFactory.getLogger(FaultsStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Faults faults;
    private final FaultMask mask;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Clock clock;

    /** @param isSecret whether the value of a name must never be shown */
    public FaultsStep(Faults faults, Predicate<String> isSecret, UnitOfWork work, AuditLog audit, Clock clock) {
        this.faults = faults;
        this.mask = new FaultMask(isSecret);
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Keeps the message of a route that has failed: {@code hubMessage}, or the body where no step has set that. {@code hubSubject}
     * says what it is about; two failures of one subject are one fault. It is tried again at the endpoint of the route that failed,
     * or that {@code hubRetryAt} names. A message that cannot be kept fails the exchange, so that its feed does not let go of it.
     */
    public void keep(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = cause == null
                ? exchange.getProperty(HubExchange.REASON, "failed", String.class)
                : FaultReason.of(cause);
        Long again = exchange.getProperty(HubExchange.FAULT, Long.class);
        if (again != null && faults.failedAgain(again, reason, clock.instant())) {
            LOG.warn("Fault failed again fault={} reason={}", again, reason);
            return;
        }
        String feed = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class);
        long id = faults.keep(
                new Fault.Failure(
                        feed,
                        exchange.getProperty(HubExchange.SUBJECT, String.class),
                        endpoint(exchange, feed),
                        reason,
                        message(exchange)),
                clock.instant());
        LOG.error("Fault kept fault={} route={} reason={}", id, feed, reason);
    }

    private static @Nullable String endpoint(Exchange exchange, String feed) {
        String named = exchange.getProperty(HubExchange.RETRY_AT, String.class);
        String uri = named != null ? named : RunningRoutes.from(exchange, feed);
        return INSIDE.stream().anyMatch(uri::startsWith) ? URISupport.sanitizeUri(uri) : null;
    }

    private static String message(Exchange exchange) {
        String asItCame = exchange.getProperty(HubExchange.MESSAGE, String.class);
        if (asItCame != null) {
            return asItCame;
        }
        Object body = exchange.getMessage().getBody();
        if (body instanceof String text) {
            return text;
        }
        if (body instanceof byte[] bytes) {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
        return body instanceof Map<?, ?> row ? JSON.valueToTree(row).toString() : "";
    }

    /** {@code hubSubject} has gone well: it is no fault any more, if it was one of the route that deals with it. */
    public void settle(Exchange exchange) {
        String subject = exchange.getProperty(HubExchange.SUBJECT, String.class);
        if (subject != null && exchange.getProperty(HubExchange.FAULT) == null) {
            faults.settle(exchange.getFromRouteId(), subject);
        }
    }

    /** A page, newest first: {@code limit} (1 to 1000, 100 when missing) of {@code feed} or all, {@code before} an id. */
    public void list(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            int limit = ApiQuery.number(exchange, "limit", USUAL, MOST);
            String feed = ApiQuery.text(exchange, "feed");
            String before = ApiQuery.text(exchange, "before");
            if (!before.matches("\\d{0,18}")) {
                throw new ApiRefusal(400, "before is not the id of a fault");
            }
            List<Fault> page = faults.page(
                    feed.isEmpty() ? null : feed, before.isEmpty() ? Long.MAX_VALUE : Long.parseLong(before), limit);
            ObjectNode body = JSON.createObjectNode();
            ArrayNode listed = body.putArray("faults");
            page.forEach(fault -> describe(fault, listed.addObject()));
            body.put("count", faults.count());
            body.put(
                    "next",
                    page.size() < limit
                            ? null
                            : Long.valueOf(page.get(limit - 1).id()));
            ApiAnswers.json(exchange, 200, body.toString());
        });
    }

    /** One, with its message masked. */
    public void show(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Fault fault = asked(exchange);
            ObjectNode body = JSON.createObjectNode();
            describe(fault, body);
            body.put("message", mask.shown(fault.message()));
            ApiAnswers.json(exchange, 200, body.toString());
        });
    }

    private static void describe(Fault fault, ObjectNode json) {
        json.put("id", fault.id())
                .put("feed", fault.feed())
                .put("subject", fault.subject())
                .put("reason", fault.reason())
                .put("attempts", fault.attempts())
                .put("first", fault.first().toString())
                .put("last", fault.last().toString())
                .put("retryable", fault.endpoint() != null);
    }

    /** Sends its message to where it failed. What is dealt with then is no fault any more; what fails again is 409. */
    public void retry(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Fault fault = asked(exchange);
            String endpoint = fault.endpoint();
            if (endpoint == null) {
                throw new ApiRefusal(422, "its feed brings it again by itself: there is nothing to send");
            }
            Exchange sent = send(exchange.getContext(), endpoint, fault);
            if (sent.getException() != null) {
                faults.failedAgain(fault.id(), FaultReason.of(sent.getException()), clock.instant());
            }
            Optional<Fault> after = faults.find(fault.id());
            boolean failed = after.isPresent() && after.get().attempts() > fault.attempts();
            boolean comesAgain = sent.getProperty(HubExchange.COMES_AGAIN, false, Boolean.class);
            String outcome = endpoint.startsWith("seda:") || comesAgain ? "sent" : "done";
            String who = HubExchange.caller(exchange);
            work.run(() -> {
                audit.add(who, "tried the fault " + fault + " again outcome=" + (failed ? "failed" : outcome));
                return !failed && !comesAgain && faults.remove(fault.id());
            });
            if (failed) {
                throw new ApiRefusal(409, "it failed again: " + after.get().reason());
            }
            ApiAnswers.json(
                    exchange,
                    200,
                    JSON.createObjectNode()
                            .put("id", fault.id())
                            .put("outcome", outcome)
                            .toString());
        });
    }

    private static Exchange send(CamelContext context, String endpoint, Fault fault) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(endpoint, ExchangePattern.InOnly, message -> {
                message.getMessage().setBody(fault.message());
                if (fault.subject() != null) {
                    message.setProperty(HubExchange.SUBJECT, fault.subject());
                }
                if (!endpoint.startsWith("seda:")) {
                    message.setProperty(HubExchange.FAULT, fault.id());
                }
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Drops one: nothing happens with its message any more. */
    public void drop(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Fault fault = asked(exchange);
            String who = HubExchange.caller(exchange);
            work.run(() -> {
                audit.add(who, "dropped the fault " + fault + " subject=" + fault.subject());
                return faults.remove(fault.id());
            });
            ApiAnswers.answer(exchange, 204, "text/plain", null);
        });
    }

    private Fault asked(Exchange exchange) {
        String id = ApiQuery.text(exchange, "id");
        return Optional.of(id)
                .filter(text -> text.matches("\\d{1,18}"))
                .flatMap(text -> faults.find(Long.parseLong(text)))
                .orElseThrow(() -> new ApiRefusal(404, "there is no such fault"));
    }
}
