package dev.provhub.order;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something stands in a site's own JSON: {@code $.customer.phone.mac} from the whole message, {@code @.user} from one item of
 * it; {@code [0]} is an element of a list, from 0; {@code [name=mac]} the first element that has such a member.
 *
 * @param fromItem whether it begins at the item
 * @param steps    at least one
 */
public record MessagePath(boolean fromItem, List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d{1,6})]|\\[([^=\\[\\]]+)=([^\\[\\]]*)]|\\['([^'\\]]+)']");
    private static final int NAME = 1;
    private static final int INDEX = 2;
    private static final int KEY = 3;
    private static final int VALUE = 4;
    private static final int QUOTED = 5;

    /** Copies the steps. */
    public MessagePath {
        steps = List.copyOf(steps);
    }

    /** One step into it. */
    public sealed interface Step {
        /** A member of an object. */
        record Member(String name) implements Step {}

        /** An element of a list, from 0. */
        record Element(int index) implements Step {}

        /** The first element of a list that has a member of this value. */
        record Having(String member, String value) implements Step {}
    }

    /** Whether a name is meant as such a path. */
    public static boolean isPath(String name) {
        return name.startsWith("$.") || name.startsWith("$[") || name.startsWith("@.") || name.startsWith("@[");
    }

    /** @throws IllegalArgumentException when it is none; the message says what one is */
    public static MessagePath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 1;
        while (isPath(text) && at < text.length() && matcher.find(at) && matcher.start() == at) {
            steps.add(step(matcher));
            at = matcher.end();
        }
        if (at != text.length() || steps.isEmpty()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no path; allowed: $.name.name from the message, @.name from an item, with [0] for an"
                    + " element of a list, [name=value] for the one that has such a member");
        }
        return new MessagePath(text.startsWith("@"), steps);
    }

    private static Step step(Matcher matcher) {
        if (matcher.group(INDEX) != null) {
            return new Step.Element(Integer.parseInt(matcher.group(INDEX)));
        }
        if (matcher.group(KEY) != null) {
            return new Step.Having(matcher.group(KEY), matcher.group(VALUE));
        }
        return new Step.Member(matcher.group(NAME) != null ? matcher.group(NAME) : matcher.group(QUOTED));
    }
}
