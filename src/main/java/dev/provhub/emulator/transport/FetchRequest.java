package dev.provhub.emulator.transport;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file to fetch, or to send.
 *
 * @param url       where
 * @param userAgent for HTTP and HTTPS
 * @param upload    what is sent along; empty for a GET
 * @param login     {@code user:password} for Basic or Digest authentication, sent when asked for; empty when there is none
 * @param maxBytes  largest body to accept
 * @param sink      takes the body in pieces instead of {@link FetchResult.Body#bytes()}; empty to have it whole
 */
public record FetchRequest(
        PhoneUrl url,
        String userAgent,
        Optional<Upload> upload,
        Optional<String> login,
        int maxBytes,
        Optional<BodySink> sink) {

    /**
     * A body to send.
     *
     * @param method      {@code POST} or {@code PUT}
     * @param contentType empty for none
     * @param encoding    header {@code Content-Encoding}; empty for none
     * @param body        not changed by the holder
     */
    // A body is handed over, never compared
    @SuppressWarnings("ArrayRecordComponent")
    public record Upload(String method, String contentType, String encoding, byte[] body) {
        /** A POST of a text. */
        public static Upload post(String body) {
            return new Upload("POST", "", "", body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Upload[" + method + " " + body.length + " bytes]";
        }
    }

    /** A plain GET. */
    public static FetchRequest get(PhoneUrl url, String userAgent, int maxBytes) {
        return new FetchRequest(url, userAgent, Optional.empty(), Optional.empty(), maxBytes, Optional.empty());
    }

    /** The same with a body to send. */
    public FetchRequest with(@Nullable Upload body) {
        return new FetchRequest(url, userAgent, Optional.ofNullable(body), login, maxBytes, sink);
    }

    /** The same with a login. */
    public FetchRequest withLogin(Optional<String> other) {
        return new FetchRequest(url, userAgent, upload, other, maxBytes, sink);
    }

    /** The same with a sink. */
    public FetchRequest into(BodySink other) {
        return new FetchRequest(url, userAgent, upload, login, maxBytes, Optional.of(other));
    }

    FetchRequest at(PhoneUrl other) {
        return new FetchRequest(other, userAgent, upload, login, maxBytes, sink);
    }

    /** Leaves body and login out. */
    @Override
    public String toString() {
        return "FetchRequest[" + url + "]";
    }
}
