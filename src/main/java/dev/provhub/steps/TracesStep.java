package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.routing.Trace;
import dev.provhub.routing.Traces;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Step {@code traces}: what a request of a device goes through. */
public final class TracesStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long USUAL_MINUTES = 10;
    private static final long MOST_MINUTES = 60;

    private final Traces traces;
    private final UnitOfWork work;
    private final AuditLog audit;

    /** Needs the traces, and where it is written down who wanted one. */
    public TracesStep(Traces traces, UnitOfWork work, AuditLog audit) {
        this.traces = traces;
        this.work = work;
        this.audit = audit;
    }

    /** 202 when the next request of the device is waited for, {@code minutes} long; 422. */
    public void begin(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            MacAddress mac = mac(exchange);
            long minutes = QueryNumbers.of(exchange, "minutes", USUAL_MINUTES, MOST_MINUTES);
            String who = HubExchange.caller(exchange);
            work.run(() -> {
                audit.add(who, "trace device=" + mac + " minutes=" + minutes);
                return mac;
            });
            traces.await(mac, Duration.ofMinutes(minutes));
            ApiAnswers.json(exchange, 202, json(mac).toString());
        });
    }

    /** 200 with the last trace, and until when another is waited for. */
    public void show(Exchange exchange) {
        ApiRefusal.answering(
                exchange,
                () -> ApiAnswers.json(exchange, 200, json(mac(exchange)).toString()));
    }

    private static MacAddress mac(Exchange exchange) {
        return MacAddress.parse(exchange.getMessage().getHeader("mac", "", String.class));
    }

    private ObjectNode json(MacAddress mac) {
        ObjectNode json = JSON.createObjectNode().put("device", mac.toString());
        json.put("awaitedUntil", traces.awaitedUntil(mac).map(Object::toString).orElse(null));
        Trace trace = traces.find(mac).orElse(null);
        if (trace == null) {
            return json.putNull("began").set("steps", JSON.createArrayNode());
        }
        json.put("began", trace.began().toString());
        ArrayNode steps = json.putArray("steps");
        for (Trace.Step step : trace.steps()) {
            ObjectNode one = steps.addObject()
                    .put("route", step.route())
                    .put("id", step.id())
                    .put("kind", step.kind())
                    .put("depth", step.depth())
                    .put("millis", Math.round(step.millis() * 1000) / 1000.0);
            ObjectNode changes = one.putObject("changes");
            new TreeMap<>(step.changes()).forEach(changes::put);
            one.put("failure", step.failure().isEmpty() ? null : step.failure());
        }
        return json;
    }
}
