package dev.provhub.emulator.transport;

import java.util.Optional;

/**
 * One file to fetch.
 *
 * @param url       where
 * @param userAgent for HTTP and HTTPS
 * @param post      body to POST; empty for a GET
 * @param login     {@code user:password} for Basic authentication, sent when asked for; empty when there is none
 * @param maxBytes  largest body to accept
 */
public record FetchRequest(
        PhoneUrl url, String userAgent, Optional<String> post, Optional<String> login, int maxBytes) {

    /** A plain GET. */
    public static FetchRequest get(PhoneUrl url, String userAgent, int maxBytes) {
        return new FetchRequest(url, userAgent, Optional.empty(), Optional.empty(), maxBytes);
    }

    FetchRequest at(PhoneUrl other) {
        return new FetchRequest(other, userAgent, post, login, maxBytes);
    }

    /** Leaves body and login out. */
    @Override
    public String toString() {
        return "FetchRequest[" + url + "]";
    }
}
