package dev.provhub.notify;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one NOTIFY is brought to its phone.
 *
 * @param event      value of the header Event
 * @param lines      which lines it is tried at, in this order; at least one
 * @param proxy      the outbound proxy, for the operator; null when it goes straight to the phone
 * @param proxyLogin what the proxy itself may ask for; null for nothing
 */
public record DeliveryPlan(
        Notification what,
        String event,
        List<LineAddress> lines,
        @Nullable String proxy,
        @Nullable SipLogin proxyLogin) {

    /** Copies the list. */
    public DeliveryPlan {
        lines = List.copyOf(lines);
    }

    /**
     * One line of the phone.
     *
     * @param number from 1
     * @param uri    Request-URI
     * @param to     SIP URI of the line
     * @param login  what the phone may ask for: the line's account
     * @param target where the message goes
     * @param local  {@code host:port} of the hub as it is seen from there
     */
    public record LineAddress(
            int number,
            String uri,
            String to,
            SipLogin login,
            InetSocketAddress target,
            SipTransport transport,
            String local) {}
}
