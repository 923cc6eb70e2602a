package dev.provhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The standard's own file, which is not part of this project: its path is in the environment variable {@code HUB_TEST_TMF641}.
 * Without it nothing is held against it; {@code .ci/run} says so. With {@code HUB_TEST_TMF641} set, everything is.
 */
final class TmfStandard {
    private static final String VARIABLE = "HUB_TEST_TMF641";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode file;
    private final List<String> wrong = new ArrayList<>();

    private TmfStandard(JsonNode file) {
        this.file = file;
    }

    static boolean isThere() {
        return System.getenv(VARIABLE) != null;
    }

    /** What of a value is not as a definition says; empty when the file is not there. */
    static List<String> faults(JsonNode value, String definition) {
        if (!isThere()) {
            return List.of();
        }
        try {
            TmfStandard standard = new TmfStandard(JSON.readTree(Files.readString(Path.of(System.getenv(VARIABLE)))));
            JsonNode schema = standard.file.path("definitions").path(definition);
            if (schema.isMissingNode()) {
                return List.of("the standard has no " + definition);
            }
            standard.check(value, schema, definition);
            return standard.wrong;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the standard has a status for an operation; true when the file is not there. */
    static boolean hasStatus(String method, String path, int status) {
        if (!isThere()) {
            return true;
        }
        try {
            return JSON.readTree(Files.readString(Path.of(System.getenv(VARIABLE))))
                    .path("paths")
                    .path(path)
                    .path(method.toLowerCase(java.util.Locale.ROOT))
                    .path("responses")
                    .has(Integer.toString(status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(JsonNode value, JsonNode schema, String place) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replaceFirst("^#/definitions/", "");
            check(value, file.path("definitions").path(name), place);
            return;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                wrong.add(place + " has no " + required.asText());
            }
        }
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.path("enum").forEach(word -> words.add(word.asText()));
            expect(value.isTextual() && words.contains(value.asText()), place + " is none of " + words + ": " + value);
        }
        switch (schema.path("type").asText("")) {
            case "string" -> text(value, schema.path("format").asText(""), place);
            case "integer" -> expect(value.isIntegralNumber(), place + " is no whole number");
            case "boolean" -> expect(value.isBoolean(), place + " is no truth value");
            case "array" -> {
                expect(value.isArray(), place + " is no list");
                for (int index = 0; index < value.size(); index++) {
                    check(value.get(index), schema.path("items"), place + "[" + index + "]");
                }
            }
            case "object" -> expect(value.isObject(), place + " is no object");
            default -> {}
        }
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                check(value.get(property.getKey()), property.getValue(), place + "." + property.getKey());
            }
        });
    }

    private void text(JsonNode value, String format, String place) {
        expect(value.isTextual(), place + " is no text: " + value);
        try {
            if (format.equals("date-time")) {
                OffsetDateTime.parse(value.asText());
            } else if (format.equals("uri")) {
                URI.create(value.asText());
            }
        } catch (RuntimeException e) {
            wrong.add(place + " is no " + format + ": " + value);
        }
    }

    private void expect(boolean isSo, String otherwise) {
        if (!isSo) {
            wrong.add(otherwise);
        }
    }
}
