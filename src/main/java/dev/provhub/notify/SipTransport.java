package dev.provhub.notify;

/** What carries a SIP message. */
public enum SipTransport {
    /** Datagrams, sent again by the transaction. */
    UDP,
    /** A connection, which sends again by itself. */
    TCP;

    /** Whether the transaction need not send again (RFC 3261, section 17.1.2.2). */
    boolean isReliable() {
        return this == TCP;
    }
}
