package dev.provhub.steps;

import dev.provhub.notify.Deliveries;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;

/** Step {@code sip}: what comes in at the SIP port, and what could not be sent. Nothing that comes in is ever answered. */
public final class SipStep {
    private final Deliveries deliveries;

    /** Needs what is on its way. */
    public SipStep(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** The bytes in the body have come: a response that is waited for counts, everything else changes nothing. */
    public void take(Exchange exchange) {
        Object source = exchange.getProperty(NettyConstants.NETTY_REMOTE_ADDRESS);
        if (source instanceof InetSocketAddress known && exchange.getMessage().getBody() instanceof byte[] message) {
            deliveries.received(known.getAddress(), message);
        }
    }

    /** The message of {@code hubSipBranch} could not be sent; nothing is made of it while the hub stops. */
    public void unsent(Exchange exchange) {
        if (SipPost.isStopping(exchange.getContext())) {
            return;
        }
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        deliveries.unsent(HubExchange.required(exchange, HubExchange.SIP_BRANCH, String.class), reason(cause));
    }

    private static String reason(@org.jspecify.annotations.Nullable Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof NoRouteToHostException || one instanceof UnresolvedAddressException) {
                return "there is no way to that address";
            }
            if (one instanceof io.netty.channel.ConnectTimeoutException) {
                return "nothing answers at that address and port";
            }
            if (one instanceof ConnectException) {
                return "the connection was refused: nothing listens there";
            }
        }
        return cause == null ? "for no known reason" : cause.getClass().getSimpleName();
    }
}
