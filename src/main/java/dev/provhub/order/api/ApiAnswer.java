package dev.provhub.order.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be answered.
 *
 * @param status  HTTP status code
 * @param body    UTF-8 JSON; null for none; not copied, nobody may change it
 * @param headers to be set on the answer, {@code Content-Type} among them when there is a body
 */
@SuppressWarnings("ArrayRecordComponent") // bytes go straight to the wire; nobody compares answers
public record ApiAnswer(int status, byte @Nullable [] body, Map<String, String> headers) {
    /** Copies the headers. */
    public ApiAnswer {
        headers = Map.copyOf(headers);
    }

    /** Leaves the body out. */
    @Override
    public String toString() {
        return "ApiAnswer[" + status + "]";
    }
}
