package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderMapping;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Reads orders that feeds bring: TMF641 JSON where there is a {@code serviceOrderItem}, a site's own JSON else. Thread-safe. */
public final class FedOrders {
    /** The largest message, in bytes: 1 MiB. */
    public static final int LARGEST = 1024 * 1024;

    private final Supplier<OrderMapping> mapping;

    /** @param mapping the mapping in force, asked for each message */
    public FedOrders(Supplier<OrderMapping> mapping) {
        this.mapping = mapping;
    }

    /** A message that is no order. What it says is for the orderer, and holds no secret. */
    public static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Reads a message.
     *
     * @param message JSON
     * @throws Unreadable when it is no order
     */
    public NewOrder read(String message) throws Unreadable {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST) {
            throw new Unreadable("an order may have 1 MiB at most");
        }
        OrderMapping current = mapping.get();
        try {
            ObjectNode object = OrderJson.object(bytes);
            return object.has("serviceOrderItem")
                    ? NewOrderDocument.read(bytes, current)
                    : SiteDocument.read(object, current);
        } catch (TmfRefusal e) {
            throw new Unreadable(e.error().message());
        }
    }
}
