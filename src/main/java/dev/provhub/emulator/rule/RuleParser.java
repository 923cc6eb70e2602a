package dev.provhub.emulator.rule;

import dev.provhub.emulator.rule.Alternative.Assignment;
import dev.provhub.emulator.rule.Alternative.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the shape of a rule. Quotes hide what they enclose; parentheses are counted, so that {@code $(A)} and
 * {@code 6.1.5(a)} may stand in a condition.
 */
final class RuleParser {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z][\\w.-]*)\\s*=\\s*\"([^\"]*)\"\\s*(;|$)");
    private static final Pattern OPTION = Pattern.compile("\\s*--([a-z]+)(?:\\s+(?:\"([^\"]*)\"|(?!--)(\\S+)))?\\s*");

    private final String text;
    private int at;

    RuleParser(String text) {
        this.text = text;
    }

    List<Alternative> alternatives() throws RuleSyntaxException {
        List<Alternative> found = new ArrayList<>();
        do {
            found.add(alternative());
        } while (takes('|'));
        return found;
    }

    private Alternative alternative() throws RuleSyntaxException {
        Optional<Condition> condition = group('?').map(Condition::parse);
        Optional<String> assigned = group('!');
        List<Assignment> assignments = assigned.isPresent() ? assignments(assigned.get()) : List.of();
        List<Option> options = takes('[') ? options(upTo(']', "[")) : List.of();
        String url = restOfAlternative();
        if (url.isEmpty() && !options.isEmpty()) {
            throw new RuleSyntaxException("options without a URL before position " + at);
        }
        return new Alternative(condition, assignments, options, url.isEmpty() ? Optional.empty() : Optional.of(url));
    }

    /** What stands in parentheses before the mark; empty, and nothing read, when what comes next is something else. */
    private Optional<String> group(char mark) throws RuleSyntaxException {
        int start = at;
        if (!takes('(')) {
            return Optional.empty();
        }
        String inside = upTo(')', "(");
        if (takes(mark)) {
            return Optional.of(inside);
        }
        if (mark == '!' || !followedBy('!')) {
            throw new RuleSyntaxException("neither '?' nor '!' after the parenthesis that opens at position " + start);
        }
        at = start;
        return Optional.empty();
    }

    private boolean followedBy(char mark) {
        int before = at;
        boolean there = takes(mark);
        at = before;
        return there;
    }

    private boolean takes(char wanted) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next < text.length() && text.charAt(next) == wanted) {
            at = next + 1;
            return true;
        }
        return false;
    }

    /** Reads to the closing sign and behind it. */
    private String upTo(char close, String open) throws RuleSyntaxException {
        int start = at;
        int depth = 0;
        boolean quoted = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && depth == 0 && c == close) {
                return text.substring(start, at++);
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            }
        }
        throw new RuleSyntaxException("'" + open + "' before position " + start + " is not closed");
    }

    private String restOfAlternative() {
        int bar = text.indexOf('|', at);
        int end = bar < 0 ? text.length() : bar;
        String url = text.substring(at, end).strip();
        at = end;
        return url;
    }

    private static List<Assignment> assignments(String inside) throws RuleSyntaxException {
        List<Assignment> found = new ArrayList<>();
        Matcher matcher = ASSIGNMENT.matcher(inside.stripTrailing());
        while (matcher.regionStart() < matcher.regionEnd()) {
            if (!matcher.lookingAt()) {
                throw new RuleSyntaxException(
                        "assignment " + (found.size() + 1) + " is not of the form name = \"value\"");
            }
            found.add(new Assignment(longName(matcher.group(1)), matcher.group(2)));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return found;
    }

    private static String longName(String name) {
        return name.length() == 1 && name.charAt(0) >= 'a' && name.charAt(0) <= 'p'
                ? "GPP_" + Character.toUpperCase(name.charAt(0))
                : name;
    }

    private static List<Option> options(String inside) throws RuleSyntaxException {
        List<Option> found = new ArrayList<>();
        Matcher matcher = OPTION.matcher(inside.strip());
        while (matcher.regionStart() < matcher.regionEnd()) {
            if (!matcher.lookingAt()) {
                throw new RuleSyntaxException("option " + (found.size() + 1) + " is not of the form --name argument");
            }
            String quoted = matcher.group(2);
            String bare = matcher.group(3);
            found.add(new Option(matcher.group(1), quoted != null ? quoted : bare != null ? bare : ""));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return found;
    }
}
