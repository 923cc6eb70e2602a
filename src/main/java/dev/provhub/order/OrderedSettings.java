package dev.provhub.order;

import dev.provhub.device.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the device that an order says, as one text, so that they travel as the value of a field: a line for each, {@code
 * name=value}, in order of the names.
 */
final class OrderedSettings {
    private OrderedSettings() {}

    static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(settings).forEach((name, value) -> text.append(text.isEmpty() ? "" : "\n")
                .append(name)
                .append('=')
                .append(value.replaceAll("[\\r\\n]+", " ")));
        return text.toString();
    }

    static Map<String, String> of(LineOrder order) {
        Map<String, String> settings = new LinkedHashMap<>();
        order.value(OrderField.SETTINGS).ifPresent(text -> text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }));
        return settings;
    }

    /** The device with what the order says of its settings; its revision is the caller's. */
    static Device on(Device device, LineOrder order) {
        Map<String, String> told = of(order);
        Map<String, String> settings = new LinkedHashMap<>(device.settings());
        settings.putAll(told);
        boolean isSame = settings.equals(device.settings())
                || Optional.of(order.action())
                        .filter(action -> action == OrderAction.ADD || action == OrderAction.MODIFY)
                        .isEmpty();
        return isSame
                ? device
                : new Device(
                        device.mac(),
                        device.model(),
                        device.serial(),
                        device.claimed(),
                        device.place(),
                        settings,
                        device.lines(),
                        device.standing());
    }
}
