package dev.provhub.notify;

import java.util.List;

/**
 * A SIP response, as far as the sender of a NOTIFY looks at one.
 *
 * @param status     100 to 699
 * @param reason     as it was sent; any text
 * @param branch     of the topmost Via: the transaction
 * @param callId     as it was sent
 * @param sequence   number in CSeq
 * @param method     in CSeq
 * @param challenges values of WWW-Authenticate and Proxy-Authenticate, in their order
 * @param retryAfter seconds; 0 when nothing was said
 */
record SipResponse(
        int status,
        String reason,
        String branch,
        String callId,
        long sequence,
        String method,
        List<Asked> challenges,
        int retryAfter) {

    /** @param byProxy whether it was in Proxy-Authenticate */
    record Asked(boolean byProxy, String value) {}

    SipResponse {
        challenges = List.copyOf(challenges);
    }

    boolean isFinal() {
        return status >= 200;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** For the device log. */
    String shown() {
        return SipText.shown(status + " " + reason);
    }
}
