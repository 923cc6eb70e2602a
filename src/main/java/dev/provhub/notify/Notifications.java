package dev.provhub.notify;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue of NOTIFYs, shared by all hubs on one database. Thread-safe. Each method is one transaction, or part of the one around it. */
public interface Notifications {
    /**
     * What is asked for.
     *
     * @param target    null for where the settings say
     * @param askedBy   who asks, at most 255 characters
     * @param notBefore when it may be sent at the earliest
     */
    record Wanted(
            MacAddress mac, NotifyAction action, @Nullable String target, String askedBy, Instant notBefore) {}

    /**
     * Puts one into the queue. Where the same action waits for the same device already there is one of them: sent to the target
     * that was named last, at the earlier time.
     *
     * @return its id
     */
    long add(Wanted wanted, Instant now);

    /**
     * Takes what is due out of the queue, in the order in which it was asked for. No other hub is given the same until the lease
     * is over; then it is taken that this hub has died.
     *
     * @param leaseEnd until when
     * @param limit    from 1
     */
    List<Notification> claim(Instant now, Instant leaseEnd, int limit);

    /** Notes the end of one that was claimed. */
    void end(long id, NotifyOutcome outcome, Instant now);

    /** Puts one that was claimed, and could not be brought to its end, back into the queue. */
    void release(Notification claimed, Instant now);

    /**
     * The newest of a device, newest first.
     *
     * @param limit from 1
     */
    List<Notification> latest(MacAddress mac, int limit);

    /**
     * Takes away what has ended before a time.
     *
     * @return how many
     */
    int forgetBefore(Instant time);
}
