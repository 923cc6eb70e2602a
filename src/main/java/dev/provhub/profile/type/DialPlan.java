package dev.provhub.profile.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dial plans: {@code (*xx|[3469]11|0|<:1408>xxxxxxxS0|xx.)}, with timers before them ({@code L:15,S:3,(...)}) and nested
 * groups. What a sequence is made of: digits, {@code * # +}, letters, {@code x} for any digit, {@code [2-9*]} for a choice,
 * {@code .} for repetition, {@code <dialled:sent>}, {@code ,} for a tone, {@code !} to bar it, {@code S0} {@code L5} {@code P5}
 * for timers, {@code @gw0} and a text in quotes.
 */
final class DialPlan {
    static final String ALLOWED = "(sequence|sequence|...), such as (*xx|[2-9]11|1xxx[2-9]xxxxxxS0|xx.)";

    private static final Pattern TIMERS = Pattern.compile("(?:[LSPlsp]:\\d{1,3}\\s*,\\s*)*");
    private static final Pattern ELEMENT = Pattern.compile(
            "\\[[0-9*#x-]+]" // one of
                    + "|<[^<>|\"]*>" // dialled and sent
                    + "|\"[^\"]*\"" // a text
                    + "|@[A-Za-z0-9.:_-]+" // another gateway or host
                    + "|[0-9*#+xX.,!A-WYZa-wyz&;=:_-]"
                    + "|\\s");

    private final String text;
    private int at;

    private DialPlan(String text) {
        this.text = text;
    }

    static @Nullable String complaint(String value) {
        return new DialPlan(value.strip()).read();
    }

    private @Nullable String read() {
        Matcher timers = TIMERS.matcher(text);
        at = timers.lookingAt() ? timers.end() : 0;
        if (at == text.length() || text.charAt(at) != '(') {
            return "it does not begin with '('";
        }
        String wrong = group();
        if (wrong == null && at < text.length()) {
            wrong = "'" + text.substring(at) + "' stands behind the closing parenthesis";
        }
        return wrong;
    }

    /** Stands at the parenthesis; passes behind the one that closes it. */
    private @Nullable String group() {
        int opened = at++;
        boolean empty = true;
        Matcher element = ELEMENT.matcher(text);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ')') {
                at++;
                return empty ? "a sequence is empty at character " + at : null;
            }
            if (c == '|') {
                if (empty) {
                    return "a sequence is empty at character " + (at + 1);
                }
                empty = true;
                at++;
            } else if (c == '(') {
                String wrong = group();
                if (wrong != null) {
                    return wrong;
                }
                empty = false;
            } else {
                element.region(at, text.length());
                if (!element.lookingAt()) {
                    return "'" + c + "' at character " + (at + 1) + " has no meaning there or is not closed";
                }
                empty &= element.group().isBlank();
                at = element.end();
            }
        }
        return "the parenthesis at character " + (opened + 1) + " is not closed";
    }
}
