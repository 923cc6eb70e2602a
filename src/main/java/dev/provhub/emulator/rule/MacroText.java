package dev.provhub.emulator.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expands {@code $NAME}, {@code $(NAME)}, {@code $(NAME:p)}, {@code $(NAME:p:q)} and {@code $$} (section 4.2).
 *
 * <p>What was expanded is not looked at again. An unknown name stays as it is written. Without parentheses the longest
 * known name that the text begins with wins: {@code $MAU} is MAU, {@code $MAX} is MA and an X.
 */
public final class MacroText {
    private static final Pattern BARE = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final Pattern WRAPPED =
            Pattern.compile("\\(([A-Za-z][A-Za-z0-9]*)(?::([0-9]{1,6}))?(?::([0-9]{1,6}))?\\)");

    private final String text;
    private final MacroValues values;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private MacroText(String text, MacroValues values) {
        this.text = text;
        this.values = values;
    }

    /** The text with all known macros replaced. */
    public static String expand(String text, MacroValues values) {
        return text.indexOf('$') < 0 ? text : new MacroText(text, values).run();
    }

    private String run() {
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            out.append(text, at, dollar);
            at = dollar + 1;
            oneMacro();
        }
        return out.append(text, at, text.length()).toString();
    }

    /** Stands behind the dollar sign; moves behind what it has replaced. */
    private void oneMacro() {
        if (text.startsWith("$", at)) {
            out.append('$');
            at++;
            return;
        }
        if (!wrapped() && !bare()) {
            out.append('$');
        }
    }

    private boolean wrapped() {
        Matcher matcher = WRAPPED.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        String value = values.value(matcher.group(1));
        if (value == null) {
            return false;
        }
        out.append(part(value, matcher.group(2), matcher.group(3)));
        at = matcher.end();
        return true;
    }

    private static String part(String value, @Nullable String offset, @Nullable String length) {
        int from = offset == null ? 0 : Math.min(Integer.parseInt(offset), value.length());
        int to = length == null ? value.length() : Math.min(from + Integer.parseInt(length), value.length());
        return value.substring(from, to);
    }

    private boolean bare() {
        Matcher matcher = BARE.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        for (int end = matcher.end(); end > at; end--) {
            String value = values.value(text.substring(at, end));
            if (value != null) {
                out.append(value);
                at = end;
                return true;
            }
        }
        return false;
    }
}
