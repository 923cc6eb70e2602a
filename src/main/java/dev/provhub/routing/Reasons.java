package dev.provhub.routing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what Camel throws about a route file into one line for people. */
final class Reasons {
    private static final Pattern LINE = Pattern.compile("line (\\d+)|:(\\d+):\\d+|lineNumber: (\\d+)");

    private static final Pattern CLASS = Pattern.compile("#class:([\\w.$]+)");

    private Reasons() {}

    /** The messages from outside in, without repeats and line breaks. */
    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String line = message.strip().replaceAll("\\s+", " ");
            if (text.indexOf(line) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(line);
            }
        }
        return text.toString();
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

    /** The line that a message names, or that names the class that a message names; 0 when there is none. */
    static int lineIn(Throwable thrown, RouteFile file) {
        int told = lineIn(thrown);
        Matcher type = CLASS.matcher(of(thrown));
        if (told > 0 || !type.find()) {
            return told;
        }
        return file.text().lines().toList().stream()
                        .takeWhile(line -> !line.contains(type.group(1)))
                        .toList()
                        .size()
                + 1;
    }

    /** Whether a message names this route. */
    static boolean names(Throwable thrown, String routeId) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(routeId) + "(?![\\w-])")
                .matcher(of(thrown))
                .find();
    }
}
