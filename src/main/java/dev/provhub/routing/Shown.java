package dev.provhub.routing;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What may be seen of an exchange: the hub's properties in words, names of headers, kind and size of the body. */
final class Shown {
    /** What stands in them is a secret, or may hold one. */
    private static final Set<String> SECRET =
            Set.of("hubPublishName", "hubUpload", "hubSyslogLine", "hubRequest", "hubAsked", "hubIdentity");

    private static final Set<String> HARMLESS_HEADERS =
            Set.of("content-type", "content-encoding", "camelhttpresponsecode", "retry-after");
    private static final int LONGEST = 200;

    private Shown() {}

    static Map<String, String> of(Exchange exchange) {
        Map<String, String> shown = new TreeMap<>();
        exchange.getProperties().forEach((name, value) -> {
            if (isOurs(name)) {
                shown.put(name, SECRET.contains(name) ? kind(value) : value(value));
            }
        });
        exchange.getMessage()
                .getHeaders()
                .forEach((name, value) -> shown.put(
                        "header " + name,
                        HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                                ? value(value)
                                : "set, " + kind(value)));
        shown.put("body", body(exchange.getMessage().getBody()));
        return shown;
    }

    /** Camel's own properties say nothing of what was decided; a site's may be called anything. */
    private static boolean isOurs(String name) {
        return !name.startsWith("Camel")
                && !name.equals(Flows.VERSION)
                && !name.equals("hubTrace")
                && !name.equals(FailedStep.PROPERTY);
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Device device) {
            return "device " + device.mac();
        }
        if (value instanceof DeviceModel model) {
            return model.name();
        }
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum) {
            String text = Masked.text(value.toString());
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }
        return kind(value);
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "nothing" : "a " + value.getClass().getSimpleName();
    }

    private static String body(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        if (body instanceof String text) {
            return "text of " + text.length() + " characters";
        }
        return kind(body);
    }
}
