package dev.provhub.emulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expands {@code $NAME}, {@code $(NAME)}, {@code $(NAME:p)}, {@code $(NAME:p:q)} and {@code $$} (protocol section 4.2). */
final class Macros {

    /** Says what a macro stands for. */
    @FunctionalInterface
    interface Values {

        /** The value, empty where no macro of that name is known here. */
        Optional<String> of(String name);
    }

    private static final Pattern MACRO =
            Pattern.compile("\\$(?:(\\$)|\\(([A-Za-z0-9_]+)(?::(\\d{1,4})(?::(\\d{1,4}))?)?\\)|([A-Za-z0-9_]+))");

    private Macros() {}

    /** Expands once, never what an expansion brought in. An unknown name stays as it is written. */
    static String expand(String text, Values values) {
        return MACRO.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement((Matcher) found, values)));
    }

    private static String replacement(Matcher found, Values values) {
        String bare = found.group(5);
        if (found.group(1) != null) {
            return "$";
        } else if (bare != null) {
            return bare(bare, values);
        }
        return values.of(found.group(2))
                .map(value -> substring(value, found.group(3), found.group(4)))
                .orElse(found.group());
    }

    /** The longest known name wins, what follows it is text. */
    private static String bare(String run, Values values) {
        for (int length = run.length(); length > 0; length--) {
            Optional<String> value = values.of(run.substring(0, length));
            if (value.isPresent()) {
                return value.get() + run.substring(length);
            }
        }
        return "$" + run;
    }

    private static String substring(String value, @Nullable String offset, @Nullable String length) {
        if (offset == null) {
            return value;
        }
        int from = Math.min(Integer.parseInt(offset), value.length());
        int to = length == null ? value.length() : Math.min(from + Integer.parseInt(length), value.length());
        return value.substring(from, to);
    }
}
