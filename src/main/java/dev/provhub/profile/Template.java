package dev.provhub.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value as it stands in a layer: text with placeholders. {@code ${x}} is the fact x; {@code ${x:-text}} is the text where
 * there is no x; {@code ${x:+text}} is the text where there is one. What is put in is never read again, so a value cannot
 * bring placeholders of its own.
 */
final class Template {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(?<name>[A-Za-z][A-Za-z0-9.-]*?)(:(?<how>[-+])(?<text>[^}]*))?}");

    private final String source;
    private final List<Part> parts;
    private final boolean isFixed;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
        this.isFixed = parts.stream().allMatch(part -> part.name() == null);
    }

    /**
     * Reads a value.
     *
     * @param scope which placeholders may stand in it
     * @throws IllegalArgumentException naming what is unknown or not closed
     */
    static Template parse(String source, Placeholders scope) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(source);
        int end = 0;
        while (matcher.find()) {
            addText(source.substring(end, matcher.start()), parts);
            String name = matcher.group("name");
            scope.check(name);
            parts.add(new Part(name, how(matcher.group("how")), orEmpty(matcher.group("text"))));
            end = matcher.end();
        }
        addText(source.substring(end), parts);
        return new Template(source, List.copyOf(parts));
    }

    private static void addText(String text, List<Part> parts) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("'" + text + "' begins a placeholder that is not of the form ${name},"
                    + " ${name:-text} or ${name:+text}, with a name of letters, digits, '.' and '-'");
        }
        if (!text.isEmpty()) {
            parts.add(new Part(null, How.PLAIN, text));
        }
    }

    private static How how(@Nullable String sign) {
        if (sign == null) {
            return How.PLAIN;
        }
        return sign.equals("-") ? How.IF_MISSING : How.IF_THERE;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** As it was written. */
    String source() {
        return source;
    }

    /** The facts it asks for. */
    Stream<String> placeholders() {
        return parts.stream().flatMap(part -> Stream.ofNullable(part.name));
    }

    /** Whether it is the same for every device. */
    boolean isFixed() {
        return isFixed;
    }

    /** The value for one device; its text is null when a fact that it needs is missing. */
    Fact render(Facts facts) {
        if (isFixed) {
            return Fact.open(source);
        }
        StringBuilder text = new StringBuilder();
        boolean secret = false;
        for (Part part : parts) {
            Fact fact = part.render(facts);
            if (fact.text() == null) {
                return fact;
            }
            text.append(fact.text());
            secret |= fact.secret();
        }
        return new Fact(text.toString(), secret);
    }

    private enum How {
        PLAIN,
        IF_MISSING,
        IF_THERE
    }

    /** Plain text (no name), or a placeholder. */
    private record Part(@Nullable String name, How how, String text) {
        Fact render(Facts facts) {
            if (name == null) {
                return Fact.open(text);
            }
            Fact fact = facts.of(name);
            return switch (how) {
                case PLAIN -> fact;
                case IF_MISSING -> fact.text() == null ? Fact.open(text) : fact;
                case IF_THERE -> fact.text() == null ? fact : Fact.open(text);
            };
        }
    }
}
