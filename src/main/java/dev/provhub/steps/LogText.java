package dev.provhub.steps;

import java.util.regex.Pattern;

/** Makes a text that somebody else has sent fit for a log and for the terminal of who reads it. */
final class LogText {
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");

    private LogText() {}

    /** Nothing that ends a line, speaks to a terminal or turns the direction of writing, and no longer than allowed. */
    static String plain(String text, int longest) {
        String plain = UNSHOWABLE.matcher(text).replaceAll("?");
        return plain.length() > longest ? plain.substring(0, longest) + "…" : plain;
    }
}
