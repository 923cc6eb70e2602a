package dev.provhub.steps;

import dev.provhub.access.Caller;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.listen.ApiFront;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;

/**
 * The names under which steps leave their conclusions in an exchange. Properties, never headers: a header may have been
 * sent by a phone.
 */
public final class HubExchange {
    /** {@link dev.provhub.device.DeviceRequest}: what was asked. */
    public static final String REQUEST = "hubRequest";
    /** {@link dev.provhub.device.Asked}: what the name means. */
    public static final String ASKED = "hubAsked";
    /** Text: path of the request rule that fits, as it stands in its file; empty for none. */
    public static final String RULE = "hubRule";
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
    /** Text: id of an event of an order; no other has it, however often it is sent. */
    public static final String EVENT_ID = "hubEventId";
    /** Text: the standard's type of an event of an order. */
    public static final String EVENT_TYPE = "hubEventType";
    /** Text: id of the listener to which an event goes; {@code route} for a route of the hub. */
    public static final String LISTENER = "hubListener";
    /** Boolean: whether orders wait for the device in hand; absent when not. */
    public static final String ORDERS_WAIT = "hubOrdersWait";
    /** {@link dev.provhub.device.MacAddress}: the device that a step has dealt with, where it leaves no {@code hubDevice}. */
    public static final String MAC = "hubMac";
    /** Text: {@code resync}, {@code reboot} or {@code report}: what a device is to be told. */
    public static final String NOTIFY_ACTION = "hubNotifyAction";
    /** Text: which transaction a SIP message on its way out belongs to. */
    public static final String SIP_BRANCH = "hubSipBranch";
    /** Text: {@code udp} or {@code tcp}: how it leaves. */
    public static final String SIP_TRANSPORT = "hubSipTransport";
    /** Text: the address to which it goes, an IPv6 address in brackets. */
    public static final String SIP_HOST = "hubSipHost";
    /** Number: the port to which it goes. */
    public static final String SIP_PORT = "hubSipPort";
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

    /** Boolean: whether a device that has proven itself asks too often; absent when not. */
    public static final String BUSY = "hubBusy";
    /** Boolean: whether the contact is one too many for the device log; absent when not. */
    public static final String UNNOTED = "hubUnnoted";

    /** Boolean: whether evidence speaks against what is known of the device; absent when not. */
    public static final String CONTRADICTION = "hubContradiction";
    /** Boolean: whether the asker calls itself by a model that the hub does not know; absent when not. */
    public static final String UNKNOWN_MODEL = "hubUnknownModel";
    /** Text: revision of the profile in the answer. */
    public static final String GIVEN = "hubGiven";

    /** What a device sends, for a report: an {@link java.io.InputStream} or bytes; absent when it only asks. */
    public static final String UPLOAD = "hubUpload";

    /** Text: why the device's last upgrade failed, as its sealed report says; empty when none has, absent when it says nothing. */
    public static final String UPGRADE_ERROR = "hubUpgradeError";

    /** Text: a line of a phone's syslog, as it came. */
    public static final String SYSLOG_LINE = "hubSyslogLine";

    /** Text: the message as it came, for a fault: what is in the body when a step fails may be something else already. */
    public static final String MESSAGE = "hubMessage";
    /** Text: what the message is about, e.g. the orderer's name of an order; absent when nothing tells. */
    public static final String SUBJECT = "hubSubject";
    /** True while the SIP platform is told of the device's passwords. */
    public static final String TELLING = "hubTelling";
    /** Text: where the message is sent when a fault is tried again; absent for the beginning of the route that failed. */
    public static final String RETRY_AT = "hubRetryAt";

    /** Boolean: whether what was tried again is still to be taken by its feed, until when it stays a fault; absent when not. */
    public static final String COMES_AGAIN = "hubComesAgain";
    /** Number: the fault that is being tried again; absent else. */
    public static final String FAULT = "hubFault";

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

    /** Whether evidence speaks against what is known, or against what the asker says of itself. */
    public static boolean isContradiction(Exchange exchange) {
        return exchange.getProperty(CONTRADICTION, false, Boolean.class)
                || (exchange.getProperty(IDENTITY) instanceof Identity.Nobody nobody && nobody.contradicts() != null);
    }

    /** Who sends this request, as the audit log has it: name and id of the token, or the route when nobody has sent one. */
    static String caller(Exchange exchange) {
        return sender(exchange, Caller::inAudit);
    }

    /** Whose token came with this request, or the route when nobody has sent one. */
    static String person(Exchange exchange) {
        return sender(exchange, Caller::person);
    }

    private static String sender(Exchange exchange, Function<Caller, String> name) {
        HttpMessage http = exchange.getIn(HttpMessage.class);
        Object caller = http == null || http.getRequest() == null
                ? null
                : http.getRequest().getAttribute(ApiFront.CALLER);
        return caller instanceof Caller known ? name.apply(known) : "route " + exchange.getFromRouteId();
    }

    /** Takes everything out of the message: nothing of a request is ever in its answer. */
    static Message emptied(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        return message;
    }
}
