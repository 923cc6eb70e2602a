package dev.provhub.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provhub.order.OrderProblem;
import java.util.List;
import java.util.function.Predicate;

/** Shows a message without its secrets: of JSON everything but values of secret names, of anything else only how long it is. */
record FaultMask(Predicate<String> isSecret) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String shown(String message) {
        if (message.isEmpty()) {
            return "";
        }
        try {
            JsonNode tree = JSON.readTree(message);
            if (tree != null && tree.isContainerNode()) {
                mask(tree);
                return tree.toPrettyString();
            }
        } catch (JsonProcessingException e) {
            // Not JSON: told below
        }
        return "(not JSON, " + message.length() + " characters, not shown)";
    }

    private void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean namesSecret = isSecret.test(object.path("name").asText());
            List.copyOf(object.properties()).forEach(member -> {
                boolean secret = isSecret.test(member.getKey())
                        || (namesSecret && member.getKey().equals("value"));
                if (secret && !member.getValue().isNull()) {
                    object.set(member.getKey(), TextNode.valueOf(OrderProblem.MASK));
                } else {
                    mask(member.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::mask);
        }
    }
}
