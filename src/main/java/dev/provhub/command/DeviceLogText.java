package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The device log for people. */
final class DeviceLogText {
    private static final String INDENT = "    ";

    private DeviceLogText() {}

    /** A page, oldest first, and what to look at. */
    static String page(JsonNode page) {
        JsonNode events = page.path("events");
        if (events.isEmpty()) {
            return "Nothing was heard.";
        }
        List<String> lines = new ArrayList<>();
        for (int at = events.size() - 1; at >= 0; at--) {
            lines.add(event(events.get(at), page));
        }
        for (JsonNode cause : page.path("causes")) {
            if (!cause.path("present").asBoolean()) {
                continue;
            }
            lines.add("");
            lines.add((cause.path("is").asText().equals("normal") ? "Normal: " : "Usual cause: ")
                    + cause.path("says").asText()
                    + (cause.path("byHintsOnly").asBoolean() ? " (By hints only, which anybody can have sent.)" : ""));
            cause.path("check").forEach(check -> lines.add("  - " + check.asText()));
        }
        return String.join("\n", lines);
    }

    /** One event on some lines. */
    static String event(JsonNode event, JsonNode page) {
        StringBuilder text = new StringBuilder();
        text.append(event.path("time").asText().replaceFirst("\\.\\d+Z$", "Z"))
                .append(String.format(
                        Locale.ROOT,
                        "  %-9s %-13s ",
                        event.path("kind").asText(),
                        event.path("evidence").asText()))
                .append(event.path("transport").asText())
                .append(' ')
                .append(event.path("what").asText())
                .append("\n" + INDENT)
                .append(event.path("outcome").asText());
        add(text, ": ", event.path("reason"));
        add(text, ", known by ", event.path("by"));
        add(text, ", ", event.path("remote"));
        String given = given(event);
        if (!given.isEmpty()) {
            text.append("\n" + INDENT).append(given);
        }
        for (JsonNode id : event.path("causes")) {
            text.append("\n" + INDENT + "-> ").append(says(id.asText(), page));
        }
        return text.toString();
    }

    private static String given(JsonNode event) {
        StringBuilder text = new StringBuilder();
        if (event.path("bytes").asLong() > 0) {
            text.append("given ").append(event.path("bytes").asLong()).append(" bytes");
            text.append(
                    event.path("sealing").isNull()
                            ? " as they are"
                            : " sealed by " + event.path("sealing").asText());
            add(text, ", ", event.path("given"));
        }
        add(text, text.isEmpty() ? "shows revision " : "; shows revision ", event.path("applied"));
        add(text, text.isEmpty() ? "shows firmware " : ", firmware ", event.path("version"));
        return text.toString();
    }

    private static void add(StringBuilder text, String before, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull() && !value.asText().isEmpty()) {
            text.append(before).append(value.asText());
        }
    }

    private static String says(String id, JsonNode page) {
        for (JsonNode cause : page.path("causes")) {
            if (cause.path("id").asText().equals(id)) {
                return cause.path("says").asText();
            }
        }
        return id;
    }
}
