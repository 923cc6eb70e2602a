package dev.provhub.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what Camel throws about a route file into one line for people. */
final class Reasons {
    private static final Pattern LINE = Pattern.compile("line (\\d+)|:(\\d+):\\d+|lineNumber: (\\d+)");

    /** The beginning of a route as Camel prints it. */
    private static final Pattern DUMP = Pattern.compile("Route\\([^)]*\\)(\\[| at)");

    /** A value that cannot be set may be a password whose name is misspelt. */
    private static final Pattern VALUE = Pattern.compile("Error binding property \\(([^=)]*)=.*");

    private static final Pattern CLASS = Pattern.compile("#class:([\\w.$]+)");

    private Reasons() {}

    /** The messages from outside in, without repeats and line breaks. */
    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String line = said(cause);
            if (text.indexOf(line) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(line);
            }
        }
        return text.toString();
    }

    /** What one of them says, in one line. */
    private static String said(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        String line = message.strip().replaceAll("\\s+", " ");
        line = VALUE.matcher(line).replaceFirst("the property '$1' cannot be set so");
        return thrown instanceof ClassNotFoundException ? "there is no class " + line : line;
    }

    /**
     * What it comes down to: without what only says where Camel was, and without what says the same in more words; without secrets.
     */
    static String brief(Throwable thrown) {
        List<String> told = new ArrayList<>();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            told.add(0, said(cause));
        }
        List<String> kept = new ArrayList<>();
        for (String message : told) {
            boolean isNew = kept.stream().noneMatch(message::contains)
                    && !DUMP.matcher(message).find();
            if (isNew || (kept.isEmpty() && message.equals(told.get(told.size() - 1)))) {
                kept.add(0, message);
            }
        }
        return Masked.text(kept.isEmpty() ? told.get(0) : String.join(": ", kept));
    }

    /** The line that a message names, 0 when none does. */
    static int lineIn(Throwable thrown) {
        Matcher matcher = LINE.matcher(of(thrown));
        if (!matcher.find()) {
            return 0;
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Integer.parseInt(matcher.group(group));
            }
        }
        return 0;
    }

    /** The class that a message says is missing; empty when none does. */
    static String typeIn(Throwable thrown) {
        Matcher type = CLASS.matcher(of(thrown));
        return type.find() ? type.group(1) : "";
    }

    /** Whether a message names this route. */
    static boolean names(Throwable thrown, String routeId) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(routeId) + "(?![\\w-])")
                .matcher(of(thrown))
                .find();
    }
}
