package dev.provhub.config;

import dev.provhub.notify.SipAddress;
import dev.provhub.notify.SipLogin;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How phones are told by SIP NOTIFY to do something.
 *
 * @param sip        from where it is sent
 * @param proxy      through which phones are reached; null to reach them straight
 * @param proxyLogin what the proxy itself may ask for; null for nothing
 * @param perSecond  how many are begun in a second at most, 1 to 1000
 * @param spread     over which those to many devices at once are spread
 * @param on         what else than an operator has phones told: {@code orders}, {@code rotations}
 */
public record NotifySettings(
        Listener sip,
        @Nullable SipAddress proxy,
        @Nullable SipLogin proxyLogin,
        int perSecond,
        Duration spread,
        Set<String> on) {

    /** Copies the set. */
    public NotifySettings {
        on = Set.copyOf(on);
    }

    /** The same with a free port in place of 0, as {@link Listeners#resolved} does it. */
    NotifySettings resolved() {
        return new NotifySettings(Listeners.udp("hub.sip", sip), proxy, proxyLogin, perSecond, spread, on);
    }
}
