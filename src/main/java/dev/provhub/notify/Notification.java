package dev.provhub.notify;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One NOTIFY in the queue.
 *
 * @param target    where it was asked to be sent, as {@link SipAddress} reads it; null for where the settings say
 * @param askedBy   who asked for it, as in the audit log
 * @param asked     when
 * @param notBefore when it may be sent at the earliest
 * @param attempts  how often its sending was begun
 * @param outcome   what became of it; null before its end
 * @param changed   when its state last changed
 */
public record Notification(
        long id,
        MacAddress mac,
        NotifyAction action,
        @Nullable String target,
        String askedBy,
        Instant asked,
        Instant notBefore,
        int attempts,
        State state,
        @Nullable String outcome,
        Instant changed) {

    /** How far it is. */
    public enum State {
        /** In the queue. */
        WAITING,
        /** A hub is at it. */
        SENT,
        /** The phone has taken it. */
        DELIVERED,
        /** It did not get there. */
        FAILED;

        /** As it stands in the interface and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
