package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.order.OrderProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Finds texts of a document that nobody could read again, or a database not keep: with control characters, or half a character. */
final class OrderTexts {
    private static final String ALLOWED = "text without control characters";

    private final List<OrderProblem> problems = new ArrayList<>();
    /** Names of members, and numbers in lists, from the root to where it looks; only what is wrong is given a place. */
    private final Deque<Object> way = new ArrayDeque<>();

    private OrderTexts() {}

    /** One problem for each such text, which is not shown, up to as many as one document may have. */
    static List<OrderProblem> problems(JsonNode root) {
        OrderTexts texts = new OrderTexts();
        texts.walk(root);
        return texts.problems;
    }

    private void walk(JsonNode node) {
        if (problems.size() >= OrderProblems.MOST) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(member -> {
                look(member.getKey(), "(a name with U+%04X)");
                step(member.getKey(), member.getValue());
            });
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                step(index, node.get(index));
            }
        } else if (node.isTextual()) {
            look(node.textValue(), "(with U+%04X)");
        }
    }

    private void step(Object nameOrNumber, JsonNode inner) {
        way.addLast(nameOrNumber);
        walk(inner);
        way.removeLast();
    }

    private void look(String text, String shown) {
        bad(text)
                .ifPresent(character ->
                        problems.add(new OrderProblem(place(), String.format(Locale.ROOT, shown, character), ALLOWED)));
    }

    private String place() {
        StringBuilder place = new StringBuilder();
        for (Object one : way) {
            if (one instanceof String name) {
                // A name with such a character would be told with it
                place.append(place.length() > 0 ? "." : "").append(bad(name).isPresent() ? "?" : name);
            } else {
                place.append('[').append(one).append(']');
            }
        }
        return place.toString();
    }

    /** The first character that is none for people; line ends and tabs are. */
    private static OptionalInt bad(String text) {
        return text.codePoints()
                .filter(one -> (Character.isISOControl(one) && one != '\n' && one != '\r' && one != '\t')
                        || Character.getType(one) == Character.SURROGATE)
                .findFirst();
    }
}
