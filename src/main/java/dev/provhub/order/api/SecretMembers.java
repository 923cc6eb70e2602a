package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Masks secrets wherever they stand in what was sent: a member that is called as a secret is, and the value of an object that
 * says so of itself ({@code name} and {@code value}). A member of null, which says nothing, is left out.
 */
final class SecretMembers {
    private static final List<String> NAMES = List.of("name", "id", "key", "code");
    private static final String VALUE = "value";

    private final Predicate<String> isSecret;

    private SecretMembers(Predicate<String> isSecret) {
        this.isSecret = isSecret;
    }

    /** Changes a tree so that it may be kept and shown. Doing it again changes nothing. */
    static void mask(JsonNode tree, OrderMapping mapping) {
        new SecretMembers(mapping::isSecret).mask(tree);
    }

    private void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean valueIsSecret = NAMES.stream().anyMatch(name -> isNamedSecret(object.path(name)));
            List.copyOf(object.properties()).forEach(member -> mask(object, member, valueIsSecret));
        } else if (node.isArray()) {
            node.forEach(this::mask);
        }
    }

    private boolean isNamedSecret(JsonNode name) {
        return name.isTextual() && isSecret.test(name.textValue());
    }

    private void mask(ObjectNode object, Map.Entry<String, JsonNode> member, boolean valueIsSecret) {
        String name = member.getKey();
        boolean isValue = name.toLowerCase(Locale.ROOT).endsWith(VALUE);
        if (member.getValue().isNull()) {
            if (!isValue) {
                object.remove(name);
            }
        } else if ((isValue && valueIsSecret) || isSecret.test(name)) {
            object.put(name, OrderProblem.MASK);
        } else {
            mask(member.getValue());
        }
    }
}
