package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Contact;
import dev.provhub.device.ContactLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.MacAddress;
import java.io.File;
import java.time.Clock;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code contacts}: writes down what was asked, what was decided and why. Never fails the answer. */
public final class ContactsStep {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_REASON = 500;
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");

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
        boolean unnoted = exchange.getProperty(HubExchange.UNNOTED, false, Boolean.class);
        if (request == null || unnoted) {
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
                shown(exchange.getProperty(HubExchange.REASON, "", String.class), LONGEST_REASON),
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
        if (asked instanceof Asked.OwnProfile || asked instanceof Asked.KeyByToken || asked instanceof Asked.Report) {
            return shown(asked.toString(), LONGEST_REASON);
        }
        return shown(request.name().replaceAll("(?i)/(p|k)/[^/]+", "/$1/***"), LONGEST_NAME);
    }

    /**
     * Parts of both texts come from the asker: nothing that ends a line, speaks to a terminal or turns the direction of writing,
     * and no longer than a column.
     */
    private static String shown(String text, int longest) {
        String plain = UNSHOWABLE.matcher(text).replaceAll("?");
        return plain.length() > longest ? plain.substring(0, longest) + "…" : plain;
    }

    private static long bytesIn(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return bytes.length;
        }
        return body instanceof File file ? file.length() : 0;
    }
}
