package dev.provhub.fault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be dealt with.
 *
 * @param id       higher for later ones
 * @param feed     id of the route that failed
 * @param subject  what it is about, e.g. the orderer's name of an order; null for nothing known. A feed has one fault of a
 *                 subject at most
 * @param endpoint where it goes when it is tried again, e.g. {@code direct:take-fed-order}; null when nothing can be sent
 * @param reason   for people; without secrets
 * @param attempts how often it has failed, from 1
 * @param first    when it failed first
 * @param last     when it failed last
 * @param message  as it came, secrets among it; empty when it was none that can be kept
 */
public record Fault(
        long id,
        String feed,
        @Nullable String subject,
        @Nullable String endpoint,
        String reason,
        int attempts,
        Instant first,
        Instant last,
        String message) {

    /** Says nothing of the message. */
    @Override
    public String toString() {
        return "Fault[" + id + " " + feed + "]";
    }

    /**
     * A message that has just failed. The parts are those of a {@link Fault}.
     *
     * @param message as it came; empty for none
     */
    public record Failure(
            String feed, @Nullable String subject, @Nullable String endpoint, String reason, String message) {
        /** Says nothing of the message. */
        @Override
        public String toString() {
            return "Failure[" + feed + "]";
        }
    }
}
