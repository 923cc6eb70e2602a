package dev.provhub.steps;

import dev.provhub.devicelog.PlainText;
import java.time.Clock;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code feedTroubles}: tells the log of routes whose turn has failed and comes again. */
public final class FeedTroubles {
    private static final Logger LOG = LoggerFactory.getLogger(FeedTroubles.class);

    private final SeldomSaid seldom;

    /** Says the same of the same route once in five minutes. */
    public FeedTroubles(Clock clock) {
        this.seldom = new SeldomSaid(clock);
    }

    /** A turn has failed: one line for each kind of reason, and no more of it for five minutes. Where it broke, the level DEBUG tells. */
    public void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String route = ExchangeHelper.getRouteId(exchange);
        OptionalInt more = seldom.now(route + " " + deepest(cause).getClass().getName());
        if (more.isPresent()) {
            LOG.warn(
                    "Feed failed route={} reason={}{}",
                    route,
                    PlainText.of(String.valueOf(cause == null ? null : cause.getMessage())),
                    more.getAsInt() == 0 ? "" : " again=" + more.getAsInt());
        }
        LOG.debug("Feed failed route={}", route, cause);
    }

    static Throwable deepest(@Nullable Throwable failure) {
        Throwable one = failure == null ? new IllegalStateException("no reason") : failure;
        while (one.getCause() != null && one.getCause() != one) {
            one = one.getCause();
        }
        return one;
    }
}
