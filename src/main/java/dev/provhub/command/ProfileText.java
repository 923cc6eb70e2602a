package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the administration interface says of profiles, for people. */
final class ProfileText {
    private ProfileText() {}

    /** A line for each value: name, value, where it comes from; below it what it hides. */
    static String profile(JsonNode profile) {
        List<String> lines = new ArrayList<>();
        lines.add("revision " + profile.path("revision").asText("none") + ", applied "
                + profile.path("appliedRevision").asText("none"));
        for (JsonNode value : profile.path("values")) {
            lines.add(value.path("name").asText() + " = " + described(value));
            value.path("hid").forEach(hidden -> lines.add("    hides " + described(hidden)));
        }
        for (JsonNode note : profile.path("notes")) {
            lines.add("not set: " + note.path("name").asText() + ", "
                    + note.path("because").asText() + "  [" + place(note) + "]");
            note.path("hid").forEach(hidden -> lines.add("    hides " + described(hidden)));
        }
        return String.join("\n", lines);
    }

    /** A line for each difference. */
    static String differences(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode difference : answer.path("differences")) {
            lines.add(difference.path("name").asText());
            lines.add("  - " + side(difference.path("before")));
            lines.add("  + " + side(difference.path("after")));
        }
        return lines.isEmpty() ? "no difference" : String.join("\n", lines);
    }

    /** A line for each profile that was given. */
    static String history(JsonNode profiles) {
        List<String> lines = new ArrayList<>();
        profiles.forEach(profile -> lines.add("%-20s  given %s  applied %s"
                .formatted(
                        profile.path("revision").asText(),
                        profile.path("given").asText(),
                        profile.path("applied").asText("not yet"))));
        return lines.isEmpty() ? "nothing was given yet" : String.join("\n", lines);
    }

    /** What an edit changes, or would change. */
    static String change(JsonNode change) {
        List<String> lines = new ArrayList<>();
        List<String> files = new ArrayList<>();
        change.path("files").forEach(file -> files.add(file.asText()));
        long devices = change.path("devices").asLong();
        lines.add(devices
                + (devices == 1 ? " device changes with " : " devices change with ")
                + String.join(", ", files));
        for (JsonNode group : change.path("groups")) {
            lines.add("  %6d  model %s, tenant %s, plan %s"
                    .formatted(
                            group.path("devices").asLong(),
                            group.path("model").asText(),
                            group.path("tenant").asText("none"),
                            group.path("plan").asText("none")));
        }
        List<String> sample = new ArrayList<>();
        change.path("sample").forEach(mac -> sample.add(mac.asText()));
        if (!sample.isEmpty()) {
            lines.add("  such as " + String.join(" ", sample.subList(0, Math.min(10, sample.size()))));
        }
        return String.join("\n", lines);
    }

    private static String side(JsonNode value) {
        return value.isNull() ? "not set" : described(value);
    }

    private static String described(JsonNode value) {
        String access = value.has("ua") ? " (ua " + value.path("ua").asText() + ")" : "";
        return "'" + value.path("value").asText() + "'" + access + "  [" + place(value) + "]";
    }

    private static String place(JsonNode value) {
        return value.path("place").asText(value.path("layer").asText());
    }
}
