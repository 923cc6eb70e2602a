package dev.provhub.steps;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a client expects of a resource (RFC 9110, section 13.1), so that it does not undo what another one has done since it looked.
 *
 * @param match     tags of {@code If-Match}, of which the present one must be; {@code *} for any; null when it was not sent
 * @param noneMatch tags of {@code If-None-Match}, of which the present one must not be; null when it was not sent
 */
record Preconditions(@Nullable List<String> match, @Nullable List<String> noneMatch) {
    private static final String ANY = "*";

    static Preconditions of(Exchange exchange) {
        return new Preconditions(tags(exchange, "If-Match"), tags(exchange, "If-None-Match"));
    }

    private static @Nullable List<String> tags(Exchange exchange, String header) {
        String text = exchange.getMessage().getHeader(header, String.class);
        return text == null
                ? null
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /**
     * Before a change.
     *
     * @param present tag of what is there; empty when there is nothing
     * @throws ApiRefusal 412
     */
    void check(Optional<String> present) {
        if (match != null
                && present.filter(tag -> match.contains(ANY) || match.contains(tag))
                        .isEmpty()) {
            throw new ApiRefusal(
                    412,
                    present.isEmpty()
                            ? "there is no such device, but If-Match was sent"
                            : "the device has changed since: its ETag is " + present.get() + " now");
        }
        if (noneMatch != null && present.filter(this::isNoneMatch).isPresent()) {
            throw new ApiRefusal(412, "the device is there already, but If-None-Match was sent");
        }
    }

    /** Whether a client that looks has just this already: 304. */
    boolean isKnown(String present) {
        return noneMatch != null && isNoneMatch(present);
    }

    /** Weakly compared. */
    private boolean isNoneMatch(String present) {
        return noneMatch != null
                && noneMatch.stream()
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals(ANY) || tag.equals(present));
    }
}
