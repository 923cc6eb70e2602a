package dev.provhub.rules;

import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rules.Alternative.Option;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a rule that somebody wrote: what a phone could not read, and what it would read otherwise than it is
 * meant.
 */
public final class RuleSyntax {
    /** What is allowed, for people. */
    public static final String ALLOWED =
            "[(condition)?] [(name = \"value\"; ...)!] [[--option argument]] [URL], alternatives joined by |";

    /** What is allowed in a condition that stands alone, for people. */
    public static final String ALLOWED_CONDITION = "operand operator operand [and ...], without parentheses around it";

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern KNOWN_SCHEME = Pattern.compile("(tftp|https?)://.*");

    private final RuleKind kind;

    private RuleSyntax(RuleKind kind) {
        this.kind = kind;
    }

    /**
     * What is wrong, null when nothing is.
     *
     * @return a sentence that may hold parts of the rule
     */
    public static @Nullable String complaint(RuleKind kind, String text) {
        try {
            new RuleSyntax(kind).check(text);
            return null;
        } catch (RuleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The parameters that a rule assigns, by their long names; none when it cannot be read. */
    public static Set<String> assigned(String text) {
        try {
            return Rule.parse(text).alternatives().stream()
                    .flatMap(alternative -> alternative.assignments().stream())
                    .map(Alternative.Assignment::parameter)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (RuleException e) {
            return Set.of();
        }
    }

    private void check(String text) {
        if (text.isBlank() || text.strip().startsWith("#")) {
            return;
        }
        if (kind == RuleKind.TRIGGER) {
            if (text.strip().startsWith("(")) {
                throw new RuleException("parentheses must not stand around it");
            }
            check(Condition.parse(text));
            return;
        }
        if (QUOTED.matcher(text).results().anyMatch(quoted -> quoted.group(1).indexOf('|') >= 0)) {
            throw new RuleException("a | in quotes splits the rule on some phones");
        }
        List<Alternative> alternatives = Rule.parse(text).alternatives();
        for (int i = 0; i < alternatives.size(); i++) {
            try {
                check(alternatives.get(i), i == alternatives.size() - 1);
            } catch (RuleException e) {
                throw new RuleException("alternative " + (i + 1) + ": " + e.getMessage());
            }
        }
    }

    private void check(Alternative alternative, boolean last) {
        if (alternative.condition() != null) {
            check(alternative.condition());
        } else if (!last) {
            throw new RuleException("it has no condition, so that those after it are never reached");
        }
        for (Option option : alternative.options()) {
            check(option);
        }
        if (alternative.url() != null) {
            checkUrl(alternative.url());
            checkSealed(alternative, alternative.url());
        }
    }

    /** What a device sends holds what it was given. */
    private void checkSealed(Alternative alternative, String url) {
        boolean inTls = url.regionMatches(true, 0, "https://", 0, "https://".length());
        boolean hasKey =
                alternative.options().stream().anyMatch(option -> option.name().equals("key"));
        if (kind == RuleKind.REPORT && !inTls && !hasKey) {
            throw new RuleException("what is sent must be sealed: [--key $(A)] or [--key $(SA)] is missing");
        }
    }

    private static void check(Condition condition) {
        if (condition.flaw() != null) {
            throw new RuleException(condition.flaw());
        }
        condition.comparisons().forEach(RuleSyntax::check);
    }

    private static void check(Comparison comparison) {
        if (comparison.left().quoted() != comparison.right().quoted()) {
            throw new RuleException(
                    "'" + comparison + "' is never true: quote both sides (strings) or none (numbers, versions)");
        }
        if (comparison.left().quoted()) {
            if (!comparison.operator().isEquality()) {
                throw new RuleException("'" + comparison + "' is never true: strings have only = and !=");
            }
            return;
        }
        checkBare(comparison.left());
        checkBare(comparison.right());
    }

    private static void checkBare(Operand operand) {
        boolean known = operand.text().indexOf('$') >= 0
                || INTEGER.matcher(operand.text()).matches()
                || FirmwareVersion.parse(operand.text()).isOrdered();
        if (!known) {
            throw new RuleException("'" + operand.text() + "' is neither an integer nor a version in full, such as"
                    + " 7.5.2b or 11-3-1MPP0001-110; a string stands in quotes");
        }
    }

    private void check(Option option) {
        if (kind.options().isEmpty()) {
            throw new RuleException("options such as --" + option.name() + " are not allowed in this parameter");
        }
        if (!kind.options().contains(option.name())) {
            throw new RuleException(
                    "--" + option.name() + " is none of --" + String.join(", --", new TreeSet<>(kind.options())));
        }
        if (option.argument().indexOf('"') >= 0) {
            throw new RuleException("a quote stands in the argument of --" + option.name());
        }
        boolean isFlag = option.name().equals("delta") || option.name().equals("status");
        if (isFlag != option.argument().isEmpty()) {
            throw new RuleException("--" + option.name() + (isFlag ? " takes no argument" : " needs an argument"));
        }
    }

    private void checkUrl(String url) {
        if (url.chars().anyMatch(Character::isWhitespace)) {
            throw new RuleException("a blank stands in its URL; encode it as %20");
        }
        if (url.indexOf('"') >= 0) {
            throw new RuleException("a quote stands in its URL");
        }
        boolean hasScheme = url.contains("://");
        if (hasScheme && !url.startsWith("$") && !KNOWN_SCHEME.matcher(url).matches()) {
            throw new RuleException("the scheme of its URL is none of tftp, http and https, in lower case");
        }
        if (url.contains("://[")) {
            throw new RuleException("its URL has an IPv6 literal, which phones cannot read");
        }
        if (!kind.hostFromDhcp() && url.startsWith("/")) {
            throw new RuleException("its URL names no host, as an upgrade must");
        }
        if ((url.startsWith("tftp:") || (!hasScheme && !url.startsWith("$"))) && url.indexOf('?') >= 0) {
            throw new RuleException("its URL goes by TFTP, where the '?' would be part of the file name");
        }
        if (url.indexOf('/', hasScheme ? url.indexOf("://") + 3 : 0) < 0 && url.indexOf('$') < 0) {
            throw new RuleException("its URL has no path, which there must be");
        }
    }
}
