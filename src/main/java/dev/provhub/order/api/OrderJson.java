package dev.provhub.order.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** JSON text to trees and back. Trees, because what the standard does not name is kept as it was sent. */
final class OrderJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private OrderJson() {}

    /** @throws TmfRefusal saying where it stops being JSON; not what stands there, which may be a secret */
    static ObjectNode object(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new TmfRefusal(
                    TmfError.invalidBody("not JSON, or a name twice," + place.replaceFirst("^$", " somewhere")));
        } catch (IOException e) {
            throw new TmfRefusal(TmfError.invalidBody("not JSON in UTF-8"));
        }
        throw new TmfRefusal(TmfError.invalidBody("the body must be a JSON object"));
    }

    /** Of text that {@link #canonical} has made; an empty object for empty text. */
    static ObjectNode kept(String text) {
        try {
            return text.isEmpty() ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the text
            throw new IllegalStateException("the details of an order are not JSON");
        }
    }

    /** The same text for the same content, whatever its layout and the order of its names. */
    static String canonical(JsonNode tree) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(tree, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is always JSON", e);
        }
    }

    /** With only some of the attributes; {@code id} and {@code href} always. No fields for all. */
    static ObjectNode only(ObjectNode root, Set<String> fields) {
        if (fields.isEmpty()) {
            return root;
        }
        ObjectNode some = root.objectNode();
        root.properties().forEach(property -> {
            String name = property.getKey();
            if (fields.contains(name) || name.equals("id") || name.equals("href")) {
                some.set(name, property.getValue());
            }
        });
        return some;
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always JSON", e);
        }
    }
}
