package dev.provhub.ops.alarm;

import dev.provhub.ops.Finding;
import dev.provhub.ops.HubCheck;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step {@code eventReceiver}: whether the receiver of {@code hub.alarm.url} takes what it is told. Its address may hold a token and is
 * in no message.
 */
public final class EventReceiver extends HubCheck {
    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

    private final Clock clock;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

    private record Trouble(Instant since, String reason) {}

    /** Begins with a receiver that is believed to be well. */
    public EventReceiver(Clock clock) {
        super("event-receiver");
        this.clock = clock;
    }

    /** It has taken an event. */
    public void taken() {
        if (trouble.getAndSet(null) != null) {
            LOG.info("Event receiver takes events again");
        }
    }

    /** It has not, for the reason in the exchange. The first time it is told at once. */
    public void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String reason = failure instanceof HttpOperationFailedException refused
                ? "status " + refused.getStatusCode()
                : failure == null ? "unknown" : failure.getClass().getSimpleName();
        Trouble before =
                trouble.getAndUpdate(known -> new Trouble(known == null ? clock.instant() : known.since(), reason));
        if (before == null) {
            LOG.warn("Event receiver does not take events reason=\"{}\"", reason);
        }
    }

    @Override
    protected Finding look() {
        Trouble now = trouble.get();
        return now == null
                ? Finding.up()
                : Finding.degraded(
                        "the receiver of hub.alarm.url has taken nothing since " + now.since() + ": " + now.reason());
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
