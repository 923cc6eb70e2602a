package dev.provhub.device.filter;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a filter, read from left to right. What a character means depends on where it stands: values may hold brackets. */
final class FilterText {
    private static final String SPACE = " \t\r\n";
    private static final Set<String> SIGNS = Set.of("=", "!=", "<", "<=", ">", ">=", "~");

    private final String text;
    private int at;

    FilterText(String text) {
        this.text = text;
    }

    /**
     * A value.
     *
     * @param quoted whether it stood in quotes, so that {@code *} and {@code none} mean just themselves
     * @param start  where it begins, from 0
     */
    record Value(String text, boolean quoted, int start) {
        boolean isNone() {
            return !quoted && text.equalsIgnoreCase("none");
        }
    }

    int at() {
        skipSpace();
        return at;
    }

    boolean isAtEnd() {
        return at() >= text.length();
    }

    private void skipSpace() {
        while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    boolean takes(char wanted) {
        if (isAtEnd() || text.charAt(at) != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes a word when it comes next and ends there. */
    boolean takesWord(String wanted) {
        if (!peekWord().equalsIgnoreCase(wanted)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    String takeWord() {
        String word = peekWord();
        at += word.length();
        return word;
    }

    /** Letters, hyphens and underscores that come next, perhaps none. */
    private String peekWord() {
        skipSpace();
        int end = at;
        while (end < text.length() && isOfWord(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    /** The longest sign that comes next, or empty. */
    Optional<String> takeSign() {
        skipSpace();
        for (int length = 2; length > 0; length--) {
            String sign = text.substring(at, Math.min(text.length(), at + length));
            if (SIGNS.contains(sign)) {
                at += sign.length();
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }

    /** A value; null when none comes. */
    @Nullable
    Value takeValue() {
        skipSpace();
        int start = at;
        if (isAtEnd()) {
            return null;
        }
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return quoted(first, start);
        }
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (SPACE.indexOf(c) >= 0 || c == ',' || c == '\'' || c == '"' || (c == '(' && at == start)) {
                break;
            }
            if (c == ')' && open == 0) {
                break;
            }
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return at == start ? null : new Value(text.substring(start, at), false, start);
    }

    /** The quote itself is written twice. */
    private @Nullable Value quoted(char quote, int start) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                boolean twice = at + 1 < text.length() && text.charAt(at + 1) == quote;
                at++;
                if (!twice) {
                    return new Value(value.toString(), true, start);
                }
            }
            value.append(c);
        }
        at = start;
        return null;
    }

    /** What stands at a place, for messages. */
    String tokenAt(int place) {
        int end = place;
        while (end < text.length() && SPACE.indexOf(text.charAt(end)) < 0 && "()<>=!~,".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String token =
                text.substring(Math.min(place, text.length()), Math.max(end, Math.min(place + 1, text.length())));
        return token.length() <= 40 ? token : token.substring(0, 40);
    }

    @Override
    public String toString() {
        return text.toLowerCase(Locale.ROOT);
    }
}
