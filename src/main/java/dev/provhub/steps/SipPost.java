package dev.provhub.steps;

import dev.provhub.notify.Outgoing;
import dev.provhub.notify.Postman;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends SIP messages through the route {@code direct:send-sip}. */
public final class SipPost implements Postman, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(SipPost.class);
    private static final String ROUTE = "direct:send-sip";

    private volatile @Nullable CamelContext context;
    private volatile @Nullable AsyncProducer producer;
    private volatile @Nullable BiConsumer<String, String> unsent;

    /** Who is told, by branch and reason, of what could not be sent. */
    public void onUnsent(BiConsumer<String, String> told) {
        unsent = told;
    }

    @Override
    public void send(Outgoing message) {
        try {
            AsyncProducer route = route();
            Exchange exchange = route.getEndpoint().createExchange();
            exchange.setProperty(HubExchange.SIP_BRANCH, message.branch());
            exchange.setProperty(
                    HubExchange.SIP_TRANSPORT, message.transport().name().toLowerCase(Locale.ROOT));
            String address = message.target().getAddress().getHostAddress();
            exchange.setProperty(HubExchange.SIP_HOST, address.contains(":") ? "[" + address + "]" : address);
            exchange.setProperty(HubExchange.SIP_PORT, message.target().getPort());
            exchange.getMessage().setBody(message.text().getBytes(StandardCharsets.UTF_8));
            route.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    failed(message, exchange.getException());
                }
            });
        } catch (Exception e) {
            failed(message, e);
        }
    }

    /** A hub that stops cannot send any more: what is on its way then is put back into the queue, and has not failed. */
    static boolean isStopping(@Nullable CamelContext camel) {
        return camel != null && !camel.getStatus().isStarted();
    }

    private void failed(Outgoing message, Exception cause) {
        if (isStopping(context)) {
            return;
        }
        LOG.warn("SIP message cannot be sent target={}", message.target(), cause);
        BiConsumer<String, String> told = unsent;
        if (told != null) {
            told.accept(message.branch(), "the route send-sip has failed; the reason is in the hub's log");
        }
    }

    private AsyncProducer route() throws Exception {
        AsyncProducer made = producer;
        if (made == null) {
            CamelContext camel = context;
            if (camel == null) {
                throw new IllegalStateException("no Camel context yet");
            }
            made = camel.getEndpoint(ROUTE).createAsyncProducer();
            made.start();
            producer = made;
        }
        return made;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        producer = null;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }
}
