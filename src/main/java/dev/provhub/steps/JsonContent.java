package dev.provhub.steps;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** What a request says of the kind of its body, where that is to be JSON. */
final class JsonContent {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private JsonContent() {}

    /** What is wrong with {@code Content-Type}; empty when nothing is, and when it is not sent. */
    static Optional<String> objection(Exchange exchange) {
        return objection(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, "", String.class), Set.of(JSON));
    }

    /** The same of a merge patch. */
    static Optional<String> objectionToPatch(Exchange exchange) {
        return objection(
                exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, "", String.class), Set.of(JSON, MERGE_PATCH));
    }

    static Optional<String> objection(String contentType, Set<String> allowed) {
        if (contentType.isBlank()) {
            return Optional.empty();
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean isUtf8 = true;
        for (int index = 1; index < parts.length; index++) {
            String parameter = parts[index].replaceAll("[\\s\"]", "");
            isUtf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        boolean isJson = allowed.contains(parts[0].strip());
        return isJson && isUtf8
                ? Optional.empty()
                : Optional.of("the body is to be "
                        + String.join(" or ", allowed.stream().sorted().toList())
                        + " in UTF-8, and Content-Type says otherwise");
    }
}
