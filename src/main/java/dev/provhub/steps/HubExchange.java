package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The names under which steps leave their conclusions in an exchange. Properties, never headers: a header may have been
 * sent by a phone.
 */
public final class HubExchange {
    /** {@link dev.provhub.device.DeviceRequest}: what was asked. */
    public static final String REQUEST = "hubRequest";
    /** {@link dev.provhub.device.Asked}: what the name means. */
    public static final String ASKED = "hubAsked";
    /** {@link Identity}: who asks, and how that is known. */
    public static final String IDENTITY = "hubIdentity";
    /** {@link Device}: only under proof. */
    public static final String DEVICE = "hubDevice";
    /** {@link DeviceModel}: proven or implied by name and User-Agent; absent when nothing tells. */
    public static final String MODEL = "hubModel";
    /** Text: {@code bootstrap}, {@code key}, {@code profile}, {@code firmware}, {@code certificate} or {@code nothing}. */
    public static final String KIND = "hubKind";
    /** Text: why it was decided so, in words for an operator. */
    public static final String REASON = "hubReason";
    /** Text: file name of an image or a certificate that was asked for. */
    public static final String FILE = "hubFile";
    /** Text: the tenant that a request without proof names by host or path; absent for the provider's default. */
    public static final String TENANT = "hubTenant";
    /** Text: id of the order in hand. */
    public static final String ORDER = "hubOrder";
    /** Boolean: whether the device reads gzip. */
    public static final String GZIP = "hubGzip";
    /** Text: {@code opensslEnc} or {@code aes128gcm}: how the body is to be sealed. */
    public static final String SEALING = "hubSealing";
    /** Text: {@code profile}, {@code wipe} or {@code remove}: what becomes of a published file. */
    public static final String PUBLISH = "hubPublish";
    /** Text: name of a published file; a secret. */
    public static final String PUBLISH_NAME = "hubPublishName";
    /** Text: {@code answered}, {@code not found} or {@code failed}. */
    public static final String OUTCOME = "hubOutcome";

    private HubExchange() {}

    /** A property that an earlier step must have set. */
    static <T> T required(Exchange exchange, String name, Class<T> type) {
        T value = exchange.getProperty(name, type);
        if (value == null) {
            throw new IllegalStateException("no step before this one has set " + name);
        }
        return value;
    }

    /** A property that may be absent. */
    static <T> Optional<T> find(Exchange exchange, String name, Class<T> type) {
        return Optional.ofNullable(exchange.getProperty(name, type));
    }

    /** Takes everything out of the message: nothing of a request is ever in its answer. */
    static Message emptied(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        return message;
    }
}
