package dev.provhub.emulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule as it is written, taken apart but not expanded (protocol section 4.1). */
record PhoneRule(List<Alternative> alternatives) {

    /** One way of a rule; {@code url} is empty where nothing is fetched. */
    record Alternative(
            @Nullable Condition condition, List<Assignment> assignments, Map<String, String> options, String url) {}

    /** {@code name = "value"}, the name in full. */
    record Assignment(String name, String value) {}

    /** @throws FetchException if the text is no rule */
    static PhoneRule parse(String text) throws FetchException {
        List<Alternative> alternatives = new ArrayList<>();
        for (String alternative : split(text, '|')) {
            alternatives.add(alternative(alternative.strip()));
        }
        return new PhoneRule(List.copyOf(alternatives));
    }

    private static Alternative alternative(String text) throws FetchException {
        Condition condition = null;
        List<Assignment> assignments = List.of();
        String rest = text;
        while (rest.startsWith("(")) {
            int close = closing(rest);
            String inner = rest.substring(1, close);
            String after = rest.substring(close + 1).strip();
            if (after.startsWith("?") && condition == null) {
                condition = Condition.parse(inner);
            } else if (after.startsWith("!")) {
                assignments = assignments(inner);
            } else {
                throw new FetchException("bad rule: " + text);
            }
            rest = after.substring(1).strip();
        }
        Map<String, String> options = Map.of();
        if (rest.startsWith("[")) {
            int close = split(rest, ']').get(0).length();
            if (close == rest.length()) {
                throw new FetchException("bad rule: no ]");
            }
            options = options(rest.substring(1, close));
            rest = rest.substring(close + 1).strip();
        }
        return new Alternative(condition, assignments, options, rest);
    }

    /** Index of the bracket that closes the first one; a pair inside, of a macro or a version, belongs to the text. */
    private static int closing(String text) throws FetchException {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new FetchException("bad rule: no )");
    }

    /** @param text {@code name = "value" ; name = "value" ;} */
    private static List<Assignment> assignments(String text) throws FetchException {
        List<Assignment> assignments = new ArrayList<>();
        for (String one : split(text, ';')) {
            if (one.isBlank()) {
                continue;
            }
            int equals = one.indexOf('=');
            String value = one.substring(equals + 1).strip();
            if (equals < 1 || value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
                throw new FetchException("bad assignment: " + one.strip());
            }
            assignments.add(
                    new Assignment(fullName(one.substring(0, equals).strip()), value.substring(1, value.length() - 1)));
        }
        return List.copyOf(assignments);
    }

    private static String fullName(String name) {
        return name.matches("[a-pA-P]") ? "GPP_" + Character.toUpperCase(name.charAt(0)) : name;
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        String name = "";
        for (String word : split(text.strip().replaceAll("\\s", " "), ' ')) {
            if (word.startsWith("--")) {
                name = word.substring(2);
                options.put(name, "");
            } else if (!word.isEmpty()) {
                options.put(name, word.replaceAll("^\"|\"$", ""));
            }
        }
        return options;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
