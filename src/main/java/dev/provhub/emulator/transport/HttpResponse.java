package dev.provhub.emulator.transport;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole response.
 *
 * @param status  three digits
 * @param headers by name in lower case; the last of a name
 * @param body    empty when there is none, or nobody wants it
 */
// A body is handed over, never compared
@SuppressWarnings("ArrayRecordComponent")
record HttpResponse(int status, Map<String, String> headers, byte[] body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
