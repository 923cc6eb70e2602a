package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an item wants of one line of one device. Checked by {@link OrderMapping} when it came in, so whoever has one need not
 * check it again.
 *
 * @param action     what is to happen
 * @param mac        which device
 * @param lineNumber which line, from 1
 * @param values     everything else that was told, in its canonical form; a field that is not there was not told. The line number is
 *                   here, and empty, when one goes and was not told
 */
public record LineOrder(OrderAction action, MacAddress mac, int lineNumber, Map<OrderField, String> values) {
    private static final Set<OrderField> OF_DEVICE = Set.of(
            OrderField.DEVICE_MODEL,
            OrderField.SERIAL_NUMBER,
            OrderField.PLAN,
            OrderField.TENANT,
            OrderField.TIME_ZONE,
            OrderField.SETTINGS,
            OrderField.PREVIOUS_MAC_ADDRESS);

    /** Copies the values. */
    public LineOrder {
        values = values.isEmpty() ? Map.of() : Map.copyOf(values);
    }

    /** What was told of a field. */
    public Optional<String> value(OrderField field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The model that a new device has by it; empty for none. */
    Optional<String> model() {
        return value(OrderField.DEVICE_MODEL).or(() -> value(OrderField.USUAL_MODEL));
    }

    /** The same, for comparing: whether the model was said or is the usual one makes no other order. */
    LineOrder content() {
        String usual = values.get(OrderField.USUAL_MODEL);
        if (usual == null) {
            return this;
        }
        Map<OrderField, String> all = new EnumMap<>(values);
        all.remove(OrderField.USUAL_MODEL);
        all.put(OrderField.DEVICE_MODEL, usual);
        return new LineOrder(action, mac, lineNumber, all);
    }

    /** The device whose lines this one takes over; empty when it takes over none. */
    public Optional<MacAddress> swappedOut() {
        return value(OrderField.PREVIOUS_MAC_ADDRESS).map(MacAddress::new);
    }

    /** Whether it would take a line away and did not say which: it is the first then. */
    boolean isLineAssumed() {
        return values.containsKey(OrderField.LINE_NUMBER);
    }

    /** Whether it speaks of the device alone, and no line has to be there. */
    boolean isOfDeviceAlone() {
        return !values.isEmpty() && OF_DEVICE.containsAll(values.keySet());
    }

    /** Everything that was told, MAC address and line number among it, in the order of the fields; secrets masked. */
    public Map<OrderField, String> shown() {
        Map<OrderField, String> shown = new EnumMap<>(OrderField.class);
        shown.put(OrderField.MAC_ADDRESS, mac.hex());
        shown.put(OrderField.LINE_NUMBER, Integer.toString(lineNumber));
        content().values.forEach((field, value) -> {
            if (field != OrderField.LINE_NUMBER) {
                shown.put(field, field.secret() ? OrderProblem.MASK : value);
            }
        });
        return shown;
    }

    /** Leaves everything but the name of the line out. */
    @Override
    public String toString() {
        return "LineOrder[" + action.wireName() + " " + mac + "/" + lineNumber + "]";
    }
}
