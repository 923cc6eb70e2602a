package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.OrderProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Of which kind the standard's attributes are, and which of them must be there (TMF641 v4.1; {@code tmf/shapes.json}). What the
 * standard does not name may be anything. What is given back as it was sent must be as the standard says too.
 */
final class Shapes {
    private static final String FILE = "/tmf/shapes.json";
    private static final JsonNode TYPES = read();

    private final List<OrderProblem> problems = new ArrayList<>();

    private Shapes() {}

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(Shapes.class.getResourceAsStream(FILE), FILE)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** What is wrong with an object of this type; empty when nothing is. */
    static List<OrderProblem> problems(ObjectNode object, String type) {
        Shapes shapes = new Shapes();
        shapes.object(object, type, "");
        return shapes.problems;
    }

    /** Whether the standard has an attribute of this name in a type. */
    static boolean isNamed(String type, String attribute) {
        return TYPES.path(type).path("attributes").has(attribute);
    }

    private void object(JsonNode object, String type, String place) {
        JsonNode shape = TYPES.path(type);
        for (JsonNode name : shape.path("required")) {
            if (object.path(name.asText()).isMissingNode()
                    || object.path(name.asText()).isNull()) {
                problems.add(OrderProblem.missing(place + name.asText(), "the standard wants it in a " + type));
            }
        }
        shape.path("attributes").properties().forEach(attribute -> {
            JsonNode value = object.path(attribute.getKey());
            if (!value.isMissingNode() && !value.isNull()) {
                value(value, attribute.getValue().asText(), place + attribute.getKey());
            }
        });
    }

    private void value(JsonNode value, String type, String place) {
        if (type.startsWith("[")) {
            list(value, type.substring(1, type.length() - 1), place);
            return;
        }
        switch (type) {
            case "Any" -> {}
            case "string" -> expect(value.isTextual(), value, place, "a text");
            case "boolean" -> expect(value.isBoolean(), value, place, "true or false");
            case "integer" -> expect(value.isIntegralNumber(), value, place, "a whole number");
            case "date-time" ->
                expect(
                        value.isTextual() && isTime(value.textValue()),
                        value,
                        place,
                        "a date and time such as 2026-01-31T08:00:00Z");
            case "uri" -> expect(value.isTextual() && isUri(value.textValue()), value, place, "a URI");
            default -> typed(value, type, place);
        }
    }

    private void typed(JsonNode value, String type, String place) {
        JsonNode words = TYPES.path(type).path("values");
        if (words.isMissingNode()) {
            if (expect(value.isObject(), value, place, "an object")) {
                object(value, type, place + ".");
            }
            return;
        }
        List<String> allowed = new ArrayList<>();
        words.forEach(word -> allowed.add(word.asText()));
        expect(value.isTextual() && allowed.contains(value.textValue()), value, place, String.join(", ", allowed));
    }

    private void list(JsonNode value, String type, String place) {
        if (expect(value.isArray(), value, place, "a list")) {
            for (int index = 0; index < value.size(); index++) {
                value(value.get(index), type, place + "[" + index + "]");
            }
        }
    }

    private boolean expect(boolean isSo, JsonNode value, String place, String allowed) {
        if (!isSo) {
            problems.add(new OrderProblem(place, shown(value), allowed));
        }
        return isSo;
    }

    /** What is not a single value is not shown: it may hold secrets. */
    static String shown(JsonNode node) {
        return node.isContainerNode() ? "(" + (node.isArray() ? "list" : "object") + ")" : node.asText();
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return !new URI(text).toString().isBlank();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
