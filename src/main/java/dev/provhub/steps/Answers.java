package dev.provhub.steps;

import dev.provhub.sealing.Aes128Gcm;
import java.time.Clock;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code answers}: what a phone gets besides the bytes. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    /** Phones look at the first bytes, never at the type. */
    private static final String SEALED_TYPE = "application/octet-stream";

    private final SeldomSaid seldom;
    private final FailureLog failures;

    /** What led to a failure is said once in five minutes for each cause. */
    public Answers(Clock clock) {
        this.seldom = new SeldomSaid(clock);
        this.failures = new FailureLog(LOG, "Request failed", seldom);
    }

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
        tell(exchange, cause);
        Message message = HubExchange.emptied(exchange);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        message.setHeader(dev.provhub.tftp.component.TftpConstants.ERROR_CODE, 0);
        exchange.setProperty(HubExchange.OUTCOME, "failed");
        exchange.setProperty(
                HubExchange.REASON, cause == null ? "unknown" : cause.getClass().getSimpleName());
    }

    /** That the SIP platform is away is no fault of the hub, and each phone that comes meets it. */
    private void tell(Exchange exchange, @Nullable Throwable cause) {
        if (!exchange.getProperty(HubExchange.TELLING, false, Boolean.class)) {
            failures.tell(exchange, cause);
            return;
        }
        OptionalInt more = seldom.now("telling");
        if (more.isPresent()) {
            LOG.warn(
                    "Phones wait: the SIP platform cannot be told of their passwords reason={}{}",
                    FeedTroubles.deepest(cause).getClass().getSimpleName(),
                    more.getAsInt() == 0 ? "" : " again=" + more.getAsInt());
        }
        LOG.debug("The SIP platform cannot be told route={}", exchange.getFromRouteId(), cause);
    }

    private static void answered(Exchange exchange, String contentType) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        exchange.setProperty(HubExchange.OUTCOME, "answered");
    }
}
