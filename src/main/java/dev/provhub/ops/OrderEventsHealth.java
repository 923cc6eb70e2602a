package dev.provhub.ops;

import dev.provhub.order.event.EventOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Whether events of orders reach those who listen. */
public final class OrderEventsHealth extends HubCheck {
    private static final Duration LATE = Duration.ofMinutes(15);

    private final EventOutbox outbox;
    private final Clock clock;

    /** Needs the outbox. */
    public OrderEventsHealth(EventOutbox outbox, Clock clock) {
        super("order-events");
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    protected Finding look() {
        List<EventOutbox.Backlog> bad =
                outbox.backlog().stream().filter(this::isLate).toList();
        return bad.isEmpty()
                ? Finding.up()
                : Finding.degraded(bad.stream()
                        .map(one -> "listener " + one.subscriptionId() + ": " + one.waiting() + " events wait")
                        .collect(Collectors.joining("; ")));
    }

    private boolean isLate(EventOutbox.Backlog one) {
        return one.oldest() != null && one.oldest().isBefore(clock.instant().minus(LATE));
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
