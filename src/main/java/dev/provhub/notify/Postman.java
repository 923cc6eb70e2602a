package dev.provhub.notify;

/** Sends SIP messages. */
@FunctionalInterface
public interface Postman {
    /** Sends one. Returns at once and never fails; what cannot be sent is told to {@link Deliveries#unsent}. */
    void send(Outgoing message);
}
