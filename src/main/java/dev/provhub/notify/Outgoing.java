package dev.provhub.notify;

import java.net.InetSocketAddress;

/**
 * A SIP message on its way out.
 *
 * @param branch names its transaction
 * @param target where it goes
 * @param text   the whole message; holds what answers a challenge
 */
public record Outgoing(String branch, InetSocketAddress target, SipTransport transport, String text) {
    /** Leaves the message out. */
    @Override
    public String toString() {
        return "Outgoing[" + transport + " " + target + "]";
    }
}
