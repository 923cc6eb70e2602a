package dev.provhub.devicelog;

import java.util.regex.Pattern;

/** Makes a text that somebody else has sent fit for a log, a table, and the terminal of who reads it. */
public final class PlainText {
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");

    private PlainText() {}

    /** Nothing that ends a line, speaks to a terminal or turns the direction of writing. */
    public static String of(String text) {
        return UNSHOWABLE.matcher(text).replaceAll("?");
    }

    /** As {@link #of}, and no longer than allowed, but for an ellipsis. */
    public static String of(String text, int longest) {
        String plain = of(text);
        return plain.length() > longest ? plain.substring(0, longest) + "…" : plain;
    }

    /** Whether there is nothing in it that {@link #of} would take out. */
    public static boolean isPlain(String text) {
        return !UNSHOWABLE.matcher(text).find();
    }
}
