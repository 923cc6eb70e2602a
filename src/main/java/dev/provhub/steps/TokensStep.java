package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.access.AccessToken;
import dev.provhub.access.AccessTokens;
import dev.provhub.access.LocalToken;
import dev.provhub.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code tokens}: tokens of the administration interface. A token itself is in the answer that makes it and nowhere else. */
public final class TokensStep {
    private static final int LARGEST_BYTES = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_OVERLAP_SECONDS = 30 * 24 * 3600;

    private final AccessTokens tokens;
    private final LocalToken localToken;
    private final Clock clock;

    /** Needs the tokens, and the one that lies in a file. */
    public TokensStep(AccessTokens tokens, LocalToken localToken, Clock clock) {
        this.tokens = tokens;
        this.localToken = localToken;
        this.clock = clock;
    }

    /** All tokens, without what they are. */
    public void list(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("tokens");
        tokens.list().forEach(token -> all.add(describe(token)));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /**
     * Makes one: {@code name}, {@code roles} (a list of words), {@code days} (how long it is taken; missing for always), {@code person}
     * (whose it is; missing when the name says it).
     */
    public void create(Exchange exchange) {
        try {
            JsonNode wanted = body(exchange, Set.of("name", "roles", "days", "person"));
            Integer days = number(wanted, "days", 1, MOST_DAYS);
            AccessTokens.Issued issued = tokens.create(
                    wanted.path("name").asText(),
                    wanted.hasNonNull("person") ? wanted.path("person").asText() : null,
                    roles(wanted.path("roles")),
                    days == null ? null : Duration.ofDays(days),
                    HubExchange.caller(exchange));
            answer(exchange, 201, issued);
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    /** Takes the one of the path back; again changes nothing. */
    public void revoke(Exchange exchange) {
        if (!tokens.revoke(id(exchange), HubExchange.caller(exchange))) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such token");
            return;
        }
        localToken.ensure();
        ApiAnswers.answer(exchange, 204, "application/json", "");
    }

    /** Gives the one of the path another secret; {@code overlap} (seconds, 0 to 2592000): how long the one before is taken too. */
    public void rotate(Exchange exchange) {
        try {
            Integer overlap = number(body(exchange, Set.of("overlap")), "overlap", 0, MOST_OVERLAP_SECONDS);
            Duration both = Duration.ofSeconds(overlap == null ? 0 : overlap);
            tokens.rotate(id(exchange), both, HubExchange.caller(exchange))
                    .ifPresentOrElse(
                            issued -> {
                                localToken.rotated(issued);
                                answer(exchange, 200, issued);
                            },
                            () -> ApiAnswers.problem(
                                    exchange, 404, "Not Found", "there is no such token, or it is not valid any more"));
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("id", "", String.class);
    }

    private void answer(Exchange exchange, int status, AccessTokens.Issued issued) {
        ApiAnswers.json(
                exchange,
                status,
                describe(issued.token()).put("token", issued.secret()).toString());
    }

    private static JsonNode body(Exchange exchange, Set<String> fields) {
        byte[] bytes = ApiAnswers.body(exchange, LARGEST_BYTES);
        return bytes.length == 0 ? JSON.createObjectNode() : ApiAnswers.withOnly(ApiAnswers.object(bytes), fields);
    }

    private static Set<Role> roles(JsonNode words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode word : words.isArray() ? words : JSON.createArrayNode()) {
            roles.add(Role.find(word.asText())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "role '" + word.asText() + "' is none of read, order, operate, admin")));
        }
        return roles;
    }

    private static @Nullable Integer number(JsonNode body, String field, int from, int to) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < from || value.asInt() > to) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is not a whole number from " + from + " to " + to);
        }
        return value.asInt();
    }

    private ObjectNode describe(AccessToken token) {
        ObjectNode json = JSON.createObjectNode().put("id", token.id()).put("name", token.name());
        ArrayNode roles = json.putArray("roles");
        token.roles().stream().sorted().forEach(role -> roles.add(role.word()));
        json.put("person", token.owner());
        json.put("state", state(token));
        json.put("created", text(token.created()));
        json.put("issued", text(token.issued()));
        json.put("expires", text(token.expires()));
        json.put("lastUsed", text(token.lastUsed()));
        json.put("revoked", text(token.revoked()));
        return json;
    }

    private String state(AccessToken token) {
        if (token.revoked() != null) {
            return "revoked";
        }
        return token.isValid(clock.instant()) ? "valid" : "expired";
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
