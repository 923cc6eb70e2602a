package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.order.Fulfilment;
import dev.provhub.order.api.ApiAnswer;
import dev.provhub.order.api.ServiceOrderApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Step {@code orders}: TMF641 service orders in and out, their fulfilment, and their completion. */
public final class OrdersStep {
    private static final int LARGEST_ORDER_BYTES = 1024 * 1024;

    private final Function<Consumer<String>, ServiceOrderApi> api;
    private final Fulfilment fulfilment;
    private final AuditLog audit;

    /** @param api gives an interface that tells the ids of orders it has accepted */
    public OrdersStep(Function<Consumer<String>, ServiceOrderApi> api, Fulfilment fulfilment, AuditLog audit) {
        this.audit = audit;
        this.api = api;
        this.fulfilment = fulfilment;
    }

    /**
     * The order in the body, 1 MiB at most, is stored or refused; sets {@code hubOrder} when it is a new one, and leaves the
     * answer.
     *
     * @throws IOException when the caller does not send it to its end
     */
    public void take(Exchange exchange) throws IOException {
        byte[] body = bodyOf(exchange);
        if (body.length > LARGEST_ORDER_BYTES) {
            ApiAnswers.problem(exchange, 413, "Content Too Large", "an order may have 1 MiB at most");
            return;
        }
        String who = HubExchange.caller(exchange);
        answer(
                exchange,
                api.apply(id -> exchange.setProperty(HubExchange.ORDER, id))
                        .create(body, id -> audit.add(who, "order taken order=" + id)));
    }

    private static byte[] bodyOf(Exchange exchange) throws IOException {
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            return in == null ? new byte[0] : in.readNBytes(LARGEST_ORDER_BYTES + 1);
        }
    }

    /** One order, by the id in the path. */
    public void show(Exchange exchange) {
        String id = exchange.getMessage().getHeader("id", "", String.class);
        answer(exchange, silent().retrieve(id, query(exchange)));
    }

    /** A page of orders. */
    public void list(Exchange exchange) {
        answer(exchange, silent().list(query(exchange)));
    }

    /** Carries out {@code hubOrder}; the message stays as it is. Doing it again changes nothing. */
    public void fulfil(Exchange exchange) {
        fulfilment.fulfil(HubExchange.required(exchange, HubExchange.ORDER, String.class));
    }

    /** What {@code hubDevice} has shown that it applied completes the orders that wait for it. */
    public void applied(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        long revision = numberOf(device.standing().appliedRevision());
        if (revision > 0) {
            fulfilment.applied(
                    device.mac(), Math.min(revision, device.standing().revision()));
        }
    }

    /** What {@code hubDevice} should have lies on an ordinary server: that is all that can be known, and orders are completed. */
    public void published(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        fulfilment.applied(device.mac(), device.standing().revision());
    }

    /** {@code hubDevice}, which nobody claims any more, has come home: the orders that took its lines away are completed. */
    public void cameHome(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        if (device.standing().leftAt() != null) {
            fulfilment.applied(device.mac(), device.standing().revision());
        }
    }

    /** The number before the dot; 0 for what is not a revision of ours. */
    private static long numberOf(@org.jspecify.annotations.Nullable String revision) {
        return revision != null && revision.matches("[0-9]{1,18}[.].*")
                ? Long.parseLong(revision.substring(0, revision.indexOf('.')))
                : 0;
    }

    private ServiceOrderApi silent() {
        return api.apply(id -> {});
    }

    private static Map<String, String> query(Exchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        Arrays.stream(text.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.put(decoded(pair[0]), decoded(pair[1])));
        return query;
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static void answer(Exchange exchange, ApiAnswer answer) {
        Message message = HubExchange.emptied(exchange);
        answer.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setBody(answer.body());
    }
}
