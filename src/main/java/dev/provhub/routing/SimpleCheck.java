package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads what files write in Camel's Simple as Camel does, and names functions that Camel takes for something else. */
final class SimpleCheck {
    private static final String NO_BEAN = "No bean could be found";
    private static final Pattern WORD = Pattern.compile("^[A-Za-z][A-Za-z-]*");
    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{\\s*([A-Za-z][A-Za-z-]*)");
    private static final Pattern UNKNOWN = Pattern.compile("Unknown function: ([A-Za-z][A-Za-z-]*)");

    /** So long a name at the beginning of another is no chance. */
    private static final int LONG = 4;

    private final CamelNames names;
    private final Remarks remarks;

    /** Takes what is found. */
    interface Remarks {
        /** A message and the name that was meant; empty for none. */
        void add(YamlNode place, String message, String suggestion);
    }

    SimpleCheck(CamelNames names, Remarks remarks) {
        this.names = names;
        this.remarks = remarks;
    }

    /** The function of something that stands in {@code ${…}}, or in a list of functions. */
    static String word(String text) {
        Matcher matcher = WORD.matcher(text);
        return matcher.find() ? matcher.group() : text;
    }

    /** Looks at a text that is Simple. */
    void check(YamlNode node) {
        String text = node.text();
        if (text.contains("{{")) {
            functions(node);
            return;
        }
        @Nullable SimpleIllegalSyntaxException asPredicate = read(text, true);
        @Nullable SimpleIllegalSyntaxException asExpression = asPredicate == null ? null : read(text, false);
        if (asExpression == null) {
            functions(node);
        } else {
            told(node, asExpression);
        }
    }

    private @Nullable SimpleIllegalSyntaxException read(String text, boolean asPredicate) {
        try {
            names.read(text, asPredicate);
        } catch (RuntimeException e) {
            // A bean that is named may be made by a file: loading finds out
            boolean isOfABean = false;
            @Nullable SimpleIllegalSyntaxException syntax = null;
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                isOfABean |= cause instanceof NoSuchBeanException || message.startsWith(NO_BEAN);
                syntax = cause instanceof SimpleIllegalSyntaxException one && syntax == null ? one : syntax;
            }
            return isOfABean ? null : syntax;
        }
        return null;
    }

    private void told(YamlNode node, SimpleIllegalSyntaxException cause) {
        String why = cause.getShortMessage() == null ? String.valueOf(cause.getMessage()) : cause.getShortMessage();
        Matcher unknown = UNKNOWN.matcher(why);
        if (unknown.find()) {
            noFunction(node, unknown.group(1));
        } else {
            String line = why.strip().lines().findFirst().orElse("");
            remarks.add(
                    node,
                    "Simple cannot read '" + node.text().strip() + "': "
                            + (line.contains("symbol functionEnd") ? "a '}' is missing" : line),
                    "");
        }
    }

    /** Camel takes {@code ${exchangePropery.x}} for a call of the exchange, which then fails each time. */
    void functions(YamlNode node) {
        Matcher matcher = FUNCTION.matcher(node.text());
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!names.functions().contains(name) && looksLikeOne(name)) {
                noFunction(node, name);
            }
        }
    }

    private boolean looksLikeOne(String name) {
        return !Nearest.of(name, names.functions()).isEmpty()
                || names.functions().stream().anyMatch(known -> known.length() >= LONG && name.startsWith(known));
    }

    private void noFunction(YamlNode node, String name) {
        remarks.add(node, "Simple has no function '" + name + "'", Nearest.of(name, names.functions()));
    }
}
