package dev.provhub.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.ParameterDictionary;
import java.util.List;
import java.util.Locale;

/** Writes layers as {@link LayersReader} reads them. */
public final class LayerFileWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LayerFileWriter() {}

    /** The text of a layer file; what the dictionary does not know stands under {@code extra}. */
    public static String write(String description, List<Read> values, ParameterDictionary dictionary) {
        StringBuilder text =
                new StringBuilder("description: ").append(quoted(description)).append('\n');
        part(
                "values",
                values.stream().filter(value -> isKnown(value, dictionary)).toList(),
                text);
        part(
                "extra",
                values.stream().filter(value -> !isKnown(value, dictionary)).toList(),
                text);
        return text.toString();
    }

    private static boolean isKnown(Read value, ParameterDictionary dictionary) {
        return dictionary.find(value.name()).isPresent();
    }

    private static void part(String name, List<Read> values, StringBuilder text) {
        if (values.isEmpty()) {
            return;
        }
        text.append('\n').append(name).append(":\n");
        for (Read value : values) {
            text.append("  ").append(value.name()).append(": ");
            if (value.userAccess() == null) {
                text.append(quoted(value.text()));
            } else {
                String access = value.userAccess().name().toLowerCase(Locale.ROOT);
                text.append("{value: ")
                        .append(quoted(value.text()))
                        .append(", ua: ")
                        .append(access)
                        .append('}');
            }
            text.append('\n');
        }
    }

    /** A JSON string is a YAML string in double quotes. */
    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always JSON", e);
        }
    }
}
