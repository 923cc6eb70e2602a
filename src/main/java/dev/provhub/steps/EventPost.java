package dev.provhub.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.order.event.CallbackRules;
import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.EventDispatch;
import dev.provhub.order.event.EventQuery;
import dev.provhub.order.event.OrderEvent;
import dev.provhub.secrets.MessageSignature;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events through the route {@code direct:publish-event}. */
public final class EventPost implements EventDispatch.Sender, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(EventPost.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = "direct:publish-event";
    private static final String SIGNATURE = "X-Hub-Signature-256";

    private final CallbackRules rules;
    private final String source;
    private volatile @Nullable CamelContext context;
    private volatile @Nullable ProducerTemplate template;

    /**
     * Looks at each address again before it is used.
     *
     * @param source which hub tells, for CloudEvents: the base URL of its administration interface
     */
    public EventPost(CallbackRules rules, String source) {
        this.rules = rules;
        this.source = source;
    }

    @Override
    public String send(EventDelivery delivery) {
        String callback = delivery.to().callback();
        boolean isRoute = callback.equals(dev.provhub.order.event.EventSubscription.ROUTE);
        Optional<String> objection = isRoute ? Optional.empty() : rules.objection(callback);
        if (objection.isPresent()) {
            return "the callback is not allowed any more; allowed: " + objection.get();
        }
        CamelContext camel = context;
        if (camel == null || !camel.getStatus().isStarted()) {
            return "the hub is not started";
        }
        Exchange exchange = camel.getEndpoint(ROUTE).createExchange();
        fill(exchange, delivery, isRoute);
        Exchange sent = template(camel).send(ROUTE, exchange);
        Exception failure = sent.getException();
        if (failure == null) {
            return "";
        }
        LOG.debug("event not taken {}", delivery.event(), failure);
        return reason(failure);
    }

    private void fill(Exchange exchange, EventDelivery delivery, boolean isRoute) {
        OrderEvent event = delivery.event();
        boolean cloud = EventQuery.parse(delivery.to().query()).cloud();
        byte[] body = (cloud ? cloudEvent(event) : event.content()).getBytes(StandardCharsets.UTF_8);
        exchange.setProperty(HubExchange.EVENT_ID, event.eventId());
        exchange.setProperty(HubExchange.EVENT_TYPE, event.type());
        exchange.setProperty(HubExchange.ORDER, event.subject());
        exchange.setProperty(HubExchange.LISTENER, delivery.to().id());
        Message message = exchange.getMessage();
        message.setBody(body);
        message.setHeader(
                Exchange.CONTENT_TYPE,
                cloud ? "application/cloudevents+json; charset=utf-8" : "application/json; charset=utf-8");
        if (!isRoute) {
            message.setHeader(Exchange.HTTP_URI, delivery.to().callback());
        }
        String secret = delivery.to().secret();
        if (secret != null) {
            message.setHeader(SIGNATURE, "sha256=" + MessageSignature.of(body, secret));
        }
    }

    private String cloudEvent(OrderEvent event) {
        try {
            return JSON.createObjectNode()
                    .put("specversion", "1.0")
                    .put("id", event.eventId())
                    .put("source", source)
                    .put("type", "dev.provhub.order." + event.type())
                    .put("subject", event.subject())
                    .put("time", event.time().toString())
                    .put("datacontenttype", "application/json")
                    .set("data", JSON.readTree(event.content()))
                    .toString();
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the text
            throw new IllegalStateException("the content of an event is not JSON");
        }
    }

    /** A message may quote the address, in which a token may stand. */
    private static String reason(Exception failure) {
        if (failure instanceof HttpOperationFailedException http) {
            return "the listener answered " + http.getStatusCode();
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest instanceof PublicHosts.Forbidden
                ? String.valueOf(deepest.getMessage())
                : "no answer: " + deepest.getClass().getSimpleName();
    }

    private ProducerTemplate template(CamelContext camel) {
        ProducerTemplate made = template;
        if (made == null) {
            made = camel.createProducerTemplate();
            template = made;
        }
        return made;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel's own contract: null before it was set
    public CamelContext getCamelContext() {
        return context;
    }
}
