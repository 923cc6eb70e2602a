package dev.provhub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.YamlNode;
import java.util.regex.Pattern;

/** YAML as JSON: what is written without quotes may be a number or a truth value. */
public final class YamlJson {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private YamlJson() {}

    /** @param number what is a whole number, of at most 18 digits, when it is written without quotes */
    public static JsonNode of(YamlNode node, Pattern number) {
        if (node.isMap()) {
            ObjectNode object = MAKE.objectNode();
            node.entries().forEach((key, value) -> object.set(key, of(value, number)));
            return object;
        }
        if (node.isList()) {
            ArrayNode array = MAKE.arrayNode();
            node.items().forEach(item -> array.add(of(item, number)));
            return array;
        }
        if (node.isNull()) {
            return MAKE.nullNode();
        }
        String text = node.text();
        if (node.isPlain() && (text.equals("true") || text.equals("false"))) {
            return MAKE.booleanNode(Boolean.parseBoolean(text));
        }
        return node.isPlain() && number.matcher(text).matches()
                ? MAKE.numberNode(Long.parseLong(text))
                : MAKE.textNode(text);
    }
}
