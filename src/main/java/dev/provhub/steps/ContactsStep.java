package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Contact;
import dev.provhub.device.ContactLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.MacAddress;
import java.io.File;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code contacts}: writes down what was asked, what was decided and why. Never fails the answer. */
public final class ContactsStep {
    private static final int LONGEST_NAME = 120;

    private final ContactLog log;
    private final Clock clock;

    /** Needs the log, and the time. */
    public ContactsStep(ContactLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** From the exchange's properties into the device's log; the message stays as it is. */
    public void record(Exchange exchange) {
        DeviceRequest request = exchange.getProperty(HubExchange.REQUEST, DeviceRequest.class);
        if (request == null) {
            return;
        }
        Device device = exchange.getProperty(HubExchange.DEVICE, Device.class);
        log.add(new Contact(
                clock.instant(),
                macOf(exchange, device),
                request.transport().name(),
                nameOf(exchange, request),
                exchange.getProperty(HubExchange.KIND, "none", String.class) + " "
                        + exchange.getProperty(HubExchange.OUTCOME, "not found", String.class),
                exchange.getProperty(HubExchange.REASON, "", String.class),
                bytesIn(exchange.getMessage().getBody()),
                device == null ? null : device.standing().appliedRevision(),
                request.remote()));
    }

    private static @Nullable MacAddress macOf(Exchange exchange, @Nullable Device device) {
        if (device != null) {
            return device.mac();
        }
        return exchange.getProperty(HubExchange.IDENTITY) instanceof Identity.ByCertificate proven
                ? proven.mac()
                : null;
    }

    /** The name as it was asked; a directory is as good as a password and is left out. */
    private static String nameOf(Exchange exchange, DeviceRequest request) {
        Object asked = exchange.getProperty(HubExchange.ASKED);
        if (asked instanceof Asked.OwnProfile || asked instanceof Asked.Report) {
            return asked.toString();
        }
        String name = request.name().replaceAll("\\p{Cntrl}", "?").replaceAll("(?i)/p/[^/]+", "/p/***");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }

    private static long bytesIn(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return bytes.length;
        }
        return body instanceof File file ? file.length() : 0;
    }
}
