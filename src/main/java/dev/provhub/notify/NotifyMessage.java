package dev.provhub.notify;

import java.util.List;
import java.util.Locale;

/**
 * What is the same in every NOTIFY that is sent to one line of a phone (RFC 3261, section 8.1.1; RFC 6665). It belongs to no
 * subscription, as these phones expect it, and says so by {@code Subscription-State: terminated}.
 *
 * @param uri   Request-URI: whom it is for
 * @param to    SIP URI of the line
 * @param local {@code host:port} of the hub, as this phone or proxy sees it
 * @param event value of the header Event
 * @param ids   random texts: Call-ID and the tag of From
 */
record NotifyMessage(String uri, String to, String local, String event, Ids ids) {
    /** Method of all of them. */
    static final String METHOD = "NOTIFY";

    private static final String END = "\r\n";

    /** @param tag of From */
    record Ids(String callId, String tag) {}

    /**
     * One of them.
     *
     * @param branch   names the transaction; begins with {@code z9hG4bK}
     * @param sequence number in CSeq
     * @param logins   whole header lines that answer challenges
     */
    String text(String branch, long sequence, SipTransport transport, List<String> logins) {
        StringBuilder text = new StringBuilder(METHOD)
                .append(' ')
                .append(uri)
                .append(" SIP/2.0")
                .append(END);
        text.append("Via: SIP/2.0/").append(transport).append(' ').append(local).append(";rport;branch=");
        text.append(branch).append(END);
        text.append("Max-Forwards: 70").append(END);
        text.append("From: <sip:provisioning@")
                .append(local)
                .append(">;tag=")
                .append(ids.tag())
                .append(END);
        text.append("To: <").append(to).append('>').append(END);
        text.append("Call-ID: ").append(ids.callId()).append(END);
        text.append("CSeq: ").append(sequence).append(' ').append(METHOD).append(END);
        text.append("Contact: <sip:provisioning@").append(local);
        text.append(";transport=")
                .append(transport.name().toLowerCase(Locale.ROOT))
                .append('>')
                .append(END);
        logins.forEach(login -> text.append(login).append(END));
        text.append("Event: ").append(event).append(END);
        text.append("Subscription-State: terminated").append(END);
        return text.append("Content-Length: 0").append(END).append(END).toString();
    }
}
