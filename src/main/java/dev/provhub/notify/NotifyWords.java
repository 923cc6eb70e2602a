package dev.provhub.notify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator is told of an outcome: what happened, and the usual cause. */
final class NotifyWords {
    private static final Map<Integer, String> CAUSES = Map.ofEntries(
            Map.entry(
                    403,
                    "the phone or the proxy forbids it: Resync_From_SIP is No, or only other addresses are listened to"
                            + " (Restrict_Source_IP)"),
            Map.entry(
                    404,
                    "nobody knows this line there: it is not registered, or the order's sipUser or sipDomain is another"),
            Map.entry(405, "who answers takes no NOTIFY"),
            Map.entry(408, "the phone did not answer the proxy: it is off, or its registration is out of date"),
            Map.entry(410, "the line is there no more"),
            Map.entry(480, "the line is not registered at the moment: the phone is off or has no way to the proxy"),
            Map.entry(481, "who answers takes no NOTIFY outside of a subscription"),
            Map.entry(483, "it went round in circles between proxies"),
            Map.entry(486, "the phone is busy"),
            Map.entry(489, "the phone does not know this event (notify: of its family in config/models.yaml)"),
            Map.entry(500, "the phone or the proxy has failed"),
            Map.entry(503, "the phone or the proxy is too busy"),
            Map.entry(603, "the phone declined it"));

    private final @Nullable String proxy;

    /** @param proxy the outbound proxy; null when there is none */
    NotifyWords(@Nullable String proxy) {
        this.proxy = proxy;
    }

    String delivered(int line, SipResponse response) {
        return "the phone has taken it at line " + line + " (" + response.shown() + ")";
    }

    String silence() {
        String within = "no answer within " + ClientTransaction.TIMEOUT.toSeconds() + " s: ";
        return proxy == null
                ? within + "the phone is off, or behind NAT (set hub.notify.proxy)"
                : within + "the proxy " + proxy + " is not there, or the phone behind it is off";
    }

    String refused(SipResponse response) {
        String cause = CAUSES.getOrDefault(
                response.status(),
                response.status() < 400 ? "it was sent on to another address, which the hub does not follow" : "");
        String later = response.retryAfter() == 0 ? "" : ", again after " + response.retryAfter() + " s";
        return response.shown() + (cause.isEmpty() ? "" : ": " + cause) + later;
    }

    String unknownLogin(SipResponse response) {
        return response.shown()
                + ": it asks for a login of a kind that the hub does not have (Digest with MD5 or SHA-256,"
                + " qop auth)";
    }

    String proxyLoginMissing() {
        return "the proxy " + proxyOrAny()
                + " asks for a login: set hub.notify.proxy.user and hub.notify.proxy.password";
    }

    String proxyLoginRefused() {
        return "the proxy " + proxyOrAny() + " refused hub.notify.proxy.user and hub.notify.proxy.password";
    }

    String lineLoginRefused(int line) {
        return "the line's credentials were refused: the phone asks for another password than line " + line
                + " has now: its profile is not applied yet, or it was changed at the phone";
    }

    private String proxyOrAny() {
        return proxy == null ? "on the way" : proxy;
    }
}
