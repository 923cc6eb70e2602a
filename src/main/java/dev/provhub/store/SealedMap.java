package dev.provhub.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names and values in one sealed column, as JSON. */
final class SealedMap {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private final SecretColumn secrets;

    SealedMap(SecretColumn secrets) {
        this.secrets = secrets;
    }

    /** Null for an empty map: there is nothing to hide, and most are empty. */
    @Nullable
    String seal(Map<String, String> values, String identity) {
        if (values.isEmpty()) {
            return null;
        }
        try {
            return secrets.seal(JSON.writeValueAsString(new TreeMap<>(values)), identity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    Map<String, String> open(@Nullable String sealed, String identity) {
        if (sealed == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(secrets.open(sealed, identity), MAP);
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes what it could not read
            throw new IllegalStateException("column " + identity + " does not hold JSON");
        }
    }
}
