package dev.provhub.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The phones' macros (device protocol, section 4.2): {@code $NAME}, {@code $(NAME)}, {@code $(NAME:offset)},
 * {@code $(NAME:offset:length)} and {@code $$} for a dollar sign. What an expansion yields is not expanded again. A name that
 * the phone does not know stays as it is written; without parentheses the longest known name that the text begins with wins.
 */
final class Macros {
    private static final Pattern MACRO = Pattern.compile(
            "\\$(?:\\$|\\(([A-Za-z][A-Za-z0-9]*)(?::(\\d{1,6}))?(?::(\\d{1,6}))?\\)|([A-Za-z][A-Za-z0-9]*))");

    private Macros() {}

    /** What a phone knows under a name. */
    @FunctionalInterface
    interface Values {
        /** Null when there is no macro of that name; empty when it has no value. */
        @Nullable
        String value(String name);
    }

    /** Replaces every macro that the phone knows. */
    static String expand(String text, Values values) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = MACRO.matcher(text);
        int at = 0;
        while (matcher.find(at)) {
            out.append(text, at, matcher.start());
            at = replace(matcher, values, out);
        }
        return out.append(text, at, text.length()).toString();
    }

    /** Writes what stands for a macro; gives where the text goes on. */
    private static int replace(Matcher matcher, Values values, StringBuilder out) {
        if (matcher.group().equals("$$")) {
            out.append('$');
            return matcher.end();
        }
        String wrapped = matcher.group(1);
        if (wrapped != null) {
            String value = values.value(wrapped);
            if (value != null) {
                out.append(part(value, matcher.group(2), matcher.group(3)));
                return matcher.end();
            }
        } else {
            String name = matcher.group(4);
            for (int length = name.length(); length > 0; length--) {
                String value = values.value(name.substring(0, length));
                if (value != null) {
                    out.append(value);
                    return matcher.start() + 1 + length;
                }
            }
        }
        out.append('$');
        return matcher.start() + 1;
    }

    private static String part(String value, @Nullable String offset, @Nullable String length) {
        int from = offset == null ? 0 : Math.min(Integer.parseInt(offset), value.length());
        int to = length == null ? value.length() : Math.min(from + Integer.parseInt(length), value.length());
        return value.substring(from, to);
    }
}
