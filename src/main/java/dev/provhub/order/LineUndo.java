package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.Line;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What takes an item back, as an order again. An empty value stands for none, which nobody can order otherwise: the line or
 * the place had none before.
 */
final class LineUndo {
    private LineUndo() {}

    /** @param before the device as it was; null when the order has made it */
    static LineOrder of(LineOrder order, @Nullable Device before) {
        Line line = before == null ? null : before.line(order.lineNumber()).orElse(null);
        if (before == null || (line == null && !order.isOfDeviceAlone())) {
            return new LineOrder(OrderAction.DELETE, order.mac(), order.lineNumber(), Map.of());
        }
        Map<OrderField, String> values = place(before);
        if (line == null) {
            return new LineOrder(OrderAction.MODIFY, order.mac(), order.lineNumber(), values);
        }
        put(values, line);
        // A line that is there is modified, since adding never changes the model
        OrderAction action = order.action() == OrderAction.DELETE ? OrderAction.ADD : OrderAction.MODIFY;
        return new LineOrder(action, order.mac(), order.lineNumber(), values);
    }

    /** The lines go back to the device that was there before, with the line that the order has changed as it was. */
    static LineOrder ofSwap(Device out, LineOrder order) {
        Map<OrderField, String> values = place(out);
        out.line(order.lineNumber()).ifPresent(line -> put(values, line));
        values.put(OrderField.PREVIOUS_MAC_ADDRESS, order.mac().hex());
        return new LineOrder(OrderAction.MODIFY, out.mac(), order.lineNumber(), values);
    }

    private static Map<OrderField, String> place(Device before) {
        Map<OrderField, String> values = new EnumMap<>(OrderField.class);
        values.put(OrderField.DEVICE_MODEL, before.model());
        put(values, OrderField.SERIAL_NUMBER, before.serial());
        put(values, OrderField.TENANT, before.place().tenant());
        put(values, OrderField.PLAN, before.place().plan());
        put(values, OrderField.TIME_ZONE, before.place().timeZone());
        return values;
    }

    private static void put(Map<OrderField, String> values, Line line) {
        put(values, OrderField.DIRECTORY_NUMBER, line.directoryNumber());
        put(values, OrderField.DISPLAY_NAME, line.displayName());
        put(values, OrderField.SIP_USER, line.sipUser());
        put(values, OrderField.SIP_AUTH_USER, line.sipAuthUser());
        put(values, OrderField.SIP_PASSWORD, line.sipPassword());
        put(values, OrderField.SIP_DOMAIN, line.sipDomain());
        put(values, OrderField.SIP_PROXY, line.sipProxy());
        put(values, OrderField.SIP_TRANSPORT, line.sipTransport());
        put(values, OrderField.SERVICE_STATE, line.suspended() ? LineApplication.INACTIVE : LineApplication.ACTIVE);
    }

    private static void put(Map<OrderField, String> values, OrderField field, @Nullable String value) {
        values.put(field, value == null ? "" : value);
    }
}
