package dev.provhub.rules;

import dev.provhub.rules.Alternative.Assignment;
import dev.provhub.rules.Alternative.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shape of a rule, before any macro is expanded: a value never changes the shape. Quotes hide what they enclose,
 * and parentheses count, so that {@code $(A)} and {@code 6.1.5(a)} may stand in a condition.
 */
final class RuleReader {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z][\\w.-]*)\\s*=\\s*\"([^\"]*)\"\\s*");
    private static final Pattern OPTION = Pattern.compile("\\s*--([a-z]+)(?:\\s+(?:\"([^\"]*)\"|(?!--)(\\S+)))?\\s*");
    private static final Pattern SHORT_REGISTER = Pattern.compile("[a-p]");

    private final String text;
    private int at;

    RuleReader(String text) {
        this.text = text;
    }

    List<Alternative> read() {
        List<Alternative> found = new ArrayList<>();
        found.add(alternative());
        while (next('|')) {
            found.add(alternative());
        }
        return found;
    }

    private Alternative alternative() {
        Condition condition = null;
        List<Assignment> assignments = List.of();
        Group first = group();
        if (first != null && first.mark == '?') {
            condition = Condition.parse(first.inside);
            first = group();
        }
        if (first != null) {
            if (first.mark == '?') {
                throw RuleException.at(first.at, "a second condition: join conditions by 'and'");
            }
            assignments = assignments(first);
        }
        int bracket = at;
        List<Option> options = next('[') ? options(upTo(']', bracket), bracket) : List.of();
        String url = url();
        if (url == null && !options.isEmpty()) {
            throw RuleException.at(bracket, "options, but no URL after them");
        }
        return new Alternative(condition, assignments, options, url);
    }

    /**
     * @param mark what stands behind the parentheses
     * @param at   where they open
     */
    private record Group(String inside, char mark, int at) {}

    private @Nullable Group group() {
        int start = at;
        if (!next('(')) {
            return null;
        }
        String inside = upTo(')', start);
        if (next('?')) {
            return new Group(inside, '?', start);
        }
        if (next('!')) {
            return new Group(inside, '!', start);
        }
        throw RuleException.at(start, "behind the parentheses stands neither '?' (condition) nor '!' (assignments)");
    }

    /** Passes over white space and a sign, if that is what comes next. */
    private boolean next(char sign) {
        int i = at;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i == text.length() || text.charAt(i) != sign) {
            return false;
        }
        at = i + 1;
        return true;
    }

    /** What stands before the sign that closes; passes over both. */
    private String upTo(char closing, int opened) {
        int open = 0;
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && c == closing && open == 0) {
                String inside = text.substring(at, i);
                at = i + 1;
                return inside;
            }
            if (!quoted) {
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        throw RuleException.at(opened, quoted ? "a quote is not closed" : "'" + closing + "' is missing");
    }

    private @Nullable String url() {
        int bar = text.indexOf('|', at);
        String url = text.substring(at, bar < 0 ? text.length() : bar).strip();
        at = bar < 0 ? text.length() : bar;
        return url.isEmpty() ? null : url;
    }

    private static List<Assignment> assignments(Group group) {
        List<Assignment> found = new ArrayList<>();
        Matcher matcher = ASSIGNMENT.matcher(group.inside);
        int from = 0;
        while (from < group.inside.length() && !group.inside.substring(from).isBlank()) {
            matcher.region(from, group.inside.length());
            boolean ends = matcher.lookingAt()
                    && (matcher.end() == group.inside.length() || group.inside.charAt(matcher.end()) == ';');
            if (!ends) {
                throw RuleException.at(
                        group.at,
                        "assignment " + (found.size() + 1)
                                + " is not of the form name = \"value\", with ; between them");
            }
            found.add(new Assignment(longName(matcher.group(1)), matcher.group(2)));
            from = matcher.end() + 1;
        }
        return found;
    }

    private static String longName(String name) {
        return SHORT_REGISTER.matcher(name).matches() ? "GPP_" + (char) (name.charAt(0) - 'a' + 'A') : name;
    }

    private static List<Option> options(String inside, int at) {
        List<Option> found = new ArrayList<>();
        String stripped = inside.strip();
        Matcher matcher = OPTION.matcher(stripped);
        int from = 0;
        while (from < stripped.length()) {
            matcher.region(from, stripped.length());
            if (!matcher.lookingAt()) {
                throw RuleException.at(at, "option " + (found.size() + 1) + " is not of the form --name argument");
            }
            String quoted = matcher.group(2);
            String bare = matcher.group(3);
            found.add(new Option(matcher.group(1), quoted != null ? quoted : bare != null ? bare : ""));
            from = matcher.end();
        }
        return found;
    }
}
