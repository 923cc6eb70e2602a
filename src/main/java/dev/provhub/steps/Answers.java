package dev.provhub.steps;

import dev.provhub.sealing.Aes128Gcm;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code answers}: what a phone gets besides the bytes. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    /** Phones look at the first bytes, never at the type. */
    private static final String SEALED_TYPE = "application/octet-stream";

    private final FailureLog failures = new FailureLog(LOG, "Request failed");

    /** The body is a plain profile. */
    public void xml(Exchange exchange) {
        answered(exchange, "text/xml");
    }

    /** The body is a sealed profile. */
    public void sealed(Exchange exchange) {
        answered(exchange, SEALED_TYPE);
    }

    /** The body is a profile sealed by RFC 8188, which its reader must be told. */
    public void encoded(Exchange exchange) {
        answered(exchange, SEALED_TYPE);
        exchange.getMessage().setHeader("Content-Encoding", Aes128Gcm.CONTENT_ENCODING);
    }

    /** There is nothing for this asker: the answer of an unknown name, the same for everybody. */
    public void nothing(Exchange exchange) {
        HubExchange.emptied(exchange);
        exchange.setProperty(HubExchange.OUTCOME, "not found");
    }

    /** Not now: a status that makes a phone try again later. */
    public void busy(Exchange exchange) {
        Message message = HubExchange.emptied(exchange);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        message.setHeader(dev.provhub.tftp.component.TftpConstants.ERROR_CODE, 0);
        exchange.setProperty(HubExchange.OUTCOME, "refused");
    }

    /** A step has failed: no bytes, a status that makes a phone try again, the reason for the operator alone. */
    public void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        failures.tell(exchange, cause);
        Message message = HubExchange.emptied(exchange);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        message.setHeader(dev.provhub.tftp.component.TftpConstants.ERROR_CODE, 0);
        exchange.setProperty(HubExchange.OUTCOME, "failed");
        exchange.setProperty(
                HubExchange.REASON, cause == null ? "unknown" : cause.getClass().getSimpleName());
    }

    private static void answered(Exchange exchange, String contentType) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        exchange.setProperty(HubExchange.OUTCOME, "answered");
    }
}
