package dev.provhub.order.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where events wait. Thread-safe. Each method is one transaction, or part of the unit of work around it. */
public interface EventOutbox {
    /** All who listen, the oldest first. */
    List<EventSubscription> subscriptions();

    /** Keeps a new listener. */
    void subscribe(EventSubscription subscription);

    /** Forgets a listener and what waits for it. False when there is none of this id. */
    boolean unsubscribe(String id);

    /** Puts events before some listeners, in their order; to be called in the transaction of the change that they tell of. */
    void add(List<Addressed> events);

    /**
     * An event, and who is told.
     *
     * @param subscriptionIds at least one
     */
    record Addressed(OrderEvent event, List<String> subscriptionIds) {
        /** Copies the ids. */
        public Addressed {
            subscriptionIds = List.copyOf(subscriptionIds);
        }
    }

    /** As {@link #add(List)}, of one. */
    default void add(OrderEvent event, List<String> subscriptionIds) {
        add(List.of(new Addressed(event, subscriptionIds)));
    }

    /** To be called at start: takes back what a hub that is no more has taken, where no other hub can have it. */
    void recover();

    /** Ids of listeners to whom something is to be brought now. */
    List<String> due(Instant now);

    /**
     * Takes what is due for a listener, of each order the oldest event that waits alone. Two hubs never take the same.
     *
     * @param leaseEnd until when they are this hub's
     * @param limit    from 1
     */
    List<EventDelivery> claim(String subscriptionId, Instant now, Instant leaseEnd, int limit);

    /** They were taken; the listener is well. May be forgotten by a crash, and then they are sent again. */
    void delivered(List<EventDelivery> taken);

    /** One was not taken: it waits for the next attempt, or is given up and becomes a fault when it was queued before a time. */
    void failed(EventDelivery delivery, String reason, Instant nextTry, Instant giveUpBefore);

    /** They were not tried: they wait again. */
    void release(List<EventDelivery> untried);

    /** A listener takes nothing: nothing is tried before a time. What was queued before another one is given up and becomes faults. */
    void pause(String subscriptionId, Instant until, Instant giveUpBefore, String reason);

    /**
     * Puts an event that was given up before its listener once more, behind what waits there.
     *
     * @return false when there is no such listener any more
     */
    boolean again(OrderEvent event, String subscriptionId, Instant now);

    /** Forgets events of before a time that wait for nobody. */
    int sweep(Instant before);

    /** What waits for a listener. */
    List<Backlog> backlog();

    /**
     * What waits for one listener.
     *
     * @param oldest when the oldest of the waiting was queued; null for none
     */
    record Backlog(
            String subscriptionId, long waiting, @Nullable Instant oldest) {}

    /** The listener of this id. */
    default Optional<EventSubscription> find(String id) {
        return subscriptions().stream().filter(one -> one.id().equals(id)).findFirst();
    }
}
