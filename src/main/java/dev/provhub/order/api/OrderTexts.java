package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.order.OrderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Finds texts of a document that nobody could read again, or a database not keep: with control characters, or half a character. */
final class OrderTexts {
    private static final String ALLOWED = "text without control characters";

    private final List<OrderProblem> problems = new ArrayList<>();

    private OrderTexts() {}

    /** One problem for each such text, which is not shown. */
    static List<OrderProblem> problems(JsonNode root) {
        OrderTexts texts = new OrderTexts();
        texts.walk(root, "");
        return texts.problems;
    }

    private void walk(JsonNode node, String place) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            walk(field.getValue(), place.isEmpty() ? field.getKey() : place + "." + field.getKey()));
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                walk(node.get(index), place + "[" + index + "]");
            }
        } else if (node.isTextual()) {
            bad(node.textValue())
                    .ifPresent(character -> problems.add(
                            new OrderProblem(place, String.format(Locale.ROOT, "(with U+%04X)", character), ALLOWED)));
        }
    }

    /** The first character that is none for people; line ends and tabs are. */
    private static OptionalInt bad(String text) {
        return text.codePoints()
                .filter(one -> (Character.isISOControl(one) && one != '\n' && one != '\r' && one != '\t')
                        || Character.getType(one) == Character.SURROGATE)
                .findFirst();
    }
}
