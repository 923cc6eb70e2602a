package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.StoreBusyException;
import dev.provhub.order.Fulfilment;
import dev.provhub.order.OrderCancellation;
import dev.provhub.order.api.ApiAnswer;
import dev.provhub.order.api.CancelOrderApi;
import dev.provhub.order.api.InventoryApi;
import dev.provhub.order.api.ServiceOrderApi;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code orders}: TMF641 service orders in and out, their fulfilment, and their completion. */
public final class OrdersStep {
    private static final Logger LOG = LoggerFactory.getLogger(OrdersStep.class);
    private static final int LARGEST_ORDER_BYTES = 1024 * 1024;

    private static final String KEY = "Idempotency-Key";

    private final Interfaces interfaces;
    private final Fulfilment fulfilment;
    private final OrderCancellation cancellation;
    private final AuditLog audit;
    private final Duration patience;

    /**
     * What answers programs.
     *
     * @param orders gives an interface that tells the ids of orders it has accepted or changed
     */
    public record Interfaces(
            Function<Consumer<String>, ServiceOrderApi> orders, CancelOrderApi cancels, InventoryApi inventory) {}

    /** @param patience how long a device may take to fetch what was ordered; zero for any time */
    public OrdersStep(
            Interfaces interfaces,
            Fulfilment fulfilment,
            OrderCancellation cancellation,
            AuditLog audit,
            Duration patience) {
        this.interfaces = interfaces;
        this.fulfilment = fulfilment;
        this.cancellation = cancellation;
        this.audit = audit;
        this.patience = patience;
    }

    /**
     * The order in the body, 1 MiB at most, is stored or refused; sets {@code hubOrder} when it is a new one, and leaves the
     * answer.
     *
     * @throws IOException when the caller does not send it to its end
     */
    public void take(Exchange exchange) throws IOException {
        Optional<byte[]> body = limited(exchange, JsonContent.objection(exchange));
        if (body.isPresent()) {
            String who = HubExchange.caller(exchange);
            String key = exchange.getMessage().getHeader(KEY, String.class);
            answer(
                    exchange,
                    telling(exchange).create(body.get(), key, id -> audit.add(who, "order taken order=" + id)));
        }
    }

    /** The order in the path becomes what the merge patch in the body says; sets {@code hubOrder} and leaves the answer. */
    public void patch(Exchange exchange) throws IOException {
        Optional<byte[]> body = limited(exchange, JsonContent.objectionToPatch(exchange));
        if (body.isPresent()) {
            String who = HubExchange.caller(exchange);
            String id = id(exchange);
            answer(
                    exchange,
                    telling(exchange).patch(id, body.get(), () -> audit.add(who, "order changed order=" + id)));
        }
    }

    /** The order in the path is forgotten. */
    public void delete(Exchange exchange) {
        String who = HubExchange.caller(exchange);
        String id = id(exchange);
        answer(exchange, silent().delete(id, () -> audit.add(who, "order forgotten order=" + id)));
    }

    /** The wish in the body to have an order cancelled. */
    public void cancel(Exchange exchange) throws IOException {
        Optional<byte[]> body = limited(exchange, JsonContent.objection(exchange));
        if (body.isPresent()) {
            String who = HubExchange.caller(exchange);
            answer(
                    exchange,
                    interfaces
                            .cancels()
                            .create(body.get(), order -> audit.add(who, "order to be cancelled order=" + order)));
        }
    }

    /** One such wish, by the id in the path. */
    public void showCancel(Exchange exchange) {
        answer(exchange, interfaces.cancels().retrieve(id(exchange), query(exchange)));
    }

    /** A page of such wishes. */
    public void listCancels(Exchange exchange) {
        answer(exchange, interfaces.cancels().list(query(exchange)));
    }

    /** A page of devices as resources. */
    public void listResources(Exchange exchange) {
        answer(exchange, interfaces.inventory().resources(query(exchange)));
    }

    /** One device as a resource. */
    public void showResource(Exchange exchange) {
        answer(exchange, interfaces.inventory().resource(id(exchange), query(exchange)));
    }

    /** A page of lines as services. */
    public void listServices(Exchange exchange) {
        answer(exchange, interfaces.inventory().services(query(exchange)));
    }

    /** One line as a service. */
    public void showService(Exchange exchange) {
        answer(exchange, interfaces.inventory().service(id(exchange), query(exchange)));
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("id", "", String.class);
    }

    private ServiceOrderApi telling(Exchange exchange) {
        return interfaces.orders().apply(id -> exchange.setProperty(HubExchange.ORDER, id));
    }

    /** Empty, and answered, when it is of another kind, or too long. */
    private static Optional<byte[]> limited(Exchange exchange, Optional<String> objection) throws IOException {
        byte[] body = bodyOf(exchange);
        if (objection.isPresent()) {
            ApiAnswers.problem(exchange, 415, "Unsupported Media Type", objection.get());
            return Optional.empty();
        }
        if (body.length > LARGEST_ORDER_BYTES) {
            ApiAnswers.problem(exchange, 413, "Content Too Large", "an order may have 1 MiB at most");
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private static byte[] bodyOf(Exchange exchange) throws IOException {
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            return in == null ? new byte[0] : in.readNBytes(LARGEST_ORDER_BYTES + 1);
        }
    }

    /** One order, by the id in the path. */
    public void show(Exchange exchange) {
        answer(exchange, silent().retrieve(id(exchange), query(exchange)));
    }

    /** A page of orders. */
    public void list(Exchange exchange) {
        answer(exchange, silent().list(query(exchange)));
    }

    /**
     * Carries out {@code hubOrder}; the message stays as it is. Doing it again changes nothing. An order whose devices are held by
     * somebody else's change for too long is carried out with the next look at what waits.
     */
    public void fulfil(Exchange exchange) {
        String order = HubExchange.required(exchange, HubExchange.ORDER, String.class);
        try {
            fulfilment.fulfil(order);
        } catch (StoreBusyException e) {
            LOG.warn("order is carried out later order={}: {}", order, e.getMessage());
        }
    }

    /** What {@code hubDevice} has shown that it applied completes the orders that wait for it. */
    public void applied(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        long revision = Device.Standing.numberOf(device.standing().appliedRevision());
        boolean more = fulfilment.applied(
                device.mac(), Math.min(revision, device.standing().revision()));
        if (more) {
            exchange.setProperty(HubExchange.ORDERS_WAIT, true);
        }
    }

    /** {@code hubDevice} is given {@code hubGiven}: that is noted with the orders that wait for it. */
    public void fetched(Exchange exchange) {
        if (exchange.getProperty(HubExchange.ORDERS_WAIT, false, Boolean.class)) {
            Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
            long revision = Device.Standing.numberOf(exchange.getProperty(HubExchange.GIVEN, String.class));
            if (revision > 0) {
                fulfilment.fetched(device.mac(), revision);
            }
        }
    }

    /** Notes what devices should have fetched, and what should have been done, by now, and cancels what is to be cancelled by now. */
    public void watch() {
        if (!patience.isZero()) {
            fulfilment.endanger(patience);
        }
        fulfilment.endangerLate();
        cancellation.resume();
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

    private ServiceOrderApi silent() {
        return interfaces.orders().apply(id -> {});
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
        ApiAnswers.answer(exchange, answer);
    }
}
