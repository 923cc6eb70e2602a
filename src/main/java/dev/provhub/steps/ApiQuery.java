package dev.provhub.steps;

import dev.provhub.device.MacAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Parameters of a request's query, whose names {@link dev.provhub.access.QueryRules} has looked at. */
final class ApiQuery {
    private ApiQuery() {}

    /** Empty when it was not sent. */
    static String text(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, "", String.class);
    }

    static boolean flag(Exchange exchange, String name) {
        String text = text(exchange, name);
        if (!Set.of("", "true", "false").contains(text)) {
            throw new ApiRefusal(400, name + "=" + text + " is not allowed; allowed: true or false");
        }
        return text.equals("true");
    }

    static int number(Exchange exchange, String name, int otherwise, int most) {
        String text = text(exchange, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new ApiRefusal(400, name + "=" + text + " is not allowed; allowed: 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    /** Names separated by commas; empty for all. */
    static Set<String> names(Exchange exchange, String name, Set<String> known) {
        Set<String> names = Arrays.stream(text(exchange, name).split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        names.stream().filter(one -> !known.contains(one)).findFirst().ifPresent(one -> {
            throw new ApiRefusal(
                    400, name + " '" + one + "' is not known; allowed: " + String.join(", ", new TreeSet<>(known)));
        });
        return names;
    }

    /** Where a page goes on, as nobody but the hub reads it. */
    static String cursor(MacAddress last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("m" + last.hex()).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The last device of the page before; null for the first page.
     *
     * @throws ApiRefusal 400 when it is no cursor
     */
    static @Nullable MacAddress after(Exchange exchange) {
        String text = text(exchange, "after");
        if (text.isEmpty()) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            if (plain.startsWith("m")) {
                return new MacAddress(plain.substring(1));
            }
        } catch (IllegalArgumentException e) {
            // Told below
        }
        throw new ApiRefusal(400, "after is not what next said on the page before");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
