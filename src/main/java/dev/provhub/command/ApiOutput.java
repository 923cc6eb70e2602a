package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Prints what the administration interface has answered, or why it has not. */
final class ApiOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_REFUSAL = 300;

    private ApiOutput() {}

    /** The answer as JSON or as a text for people, and 0; or the reason on standard error, and 1. */
    static int print(AdministrationClient.Answer answer, boolean json, Function<JsonNode, String> text) {
        Optional<JsonNode> body = body(answer);
        body.ifPresent(tree -> System.out.println(
                json ? tree.toPrettyString() : text.apply(tree).stripTrailing()));
        return body.isPresent() ? 0 : 1;
    }

    /** The answer; or none, and the reason on standard error. */
    static Optional<JsonNode> body(AdministrationClient.Answer answer) {
        JsonNode body = tree(answer.body());
        if (answer.status() >= FIRST_REFUSAL) {
            System.err.println("hub: " + body.path("detail").asText("the hub answered " + answer.status()));
            return Optional.empty();
        }
        return Optional.of(body);
    }

    /** A value for a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
