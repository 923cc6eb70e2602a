package dev.provhub.rules;

import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rules.Alternative.Assignment;
import dev.provhub.rules.Alternative.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes rules, and cannot write what phones misread: macros in conditions stand bare before a blank or in quotes, strings
 * are quoted on both sides, versions are written in full, a URL holds nothing that ends or splits a rule, only the last
 * alternative may go without a condition, and a rule is no longer than its family takes. What XML needs escaped is the
 * profile writer's affair.
 *
 * <p>Every method throws {@link RuleException} when it is asked for something else; its message holds no URL and no argument,
 * which may be secrets.
 */
final class RuleBuilder {
    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7e&&[^\"|()\\[\\];!]]*");
    private static final Pattern MACRO_NAME = Pattern.compile("[A-Z]+\\d?");
    private static final Pattern ASSIGNABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private final RuleKind kind;
    private final int limit;
    private final List<String> alternatives = new ArrayList<>();
    private List<Comparison> comparisons = List.of();
    private boolean lastIsUnconditional;
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Option> options = new ArrayList<>();

    /** @param limit how many characters the rule may have */
    RuleBuilder(RuleKind kind, int limit) {
        this.kind = kind;
        this.limit = limit;
    }

    /** Compares a macro that is always a number. */
    static Comparison number(String macro, Operator operator, long value) {
        return new Comparison(bare(macro), operator, new Operand(Long.toString(value), false));
    }

    /** Compares a macro as text; {@code EQ} or {@code NE}. */
    static Comparison text(String macro, Operator operator, String value) {
        if (!operator.isEquality()) {
            throw new RuleException("strings have only = and !=");
        }
        return new Comparison(
                new Operand("$" + checkedName(macro), true), operator, new Operand(quotable(value), true));
    }

    /** Compares the running version. */
    static Comparison running(Operator operator, FirmwareVersion version) {
        return new Comparison(Operand.RUNNING_VERSION, operator, new Operand(version.operand(), false));
    }

    private static Operand bare(String macro) {
        return new Operand("$" + checkedName(macro), false);
    }

    private static String checkedName(String macro) {
        if (!MACRO_NAME.matcher(macro).matches()) {
            throw new RuleException("'" + macro + "' is no macro");
        }
        return macro;
    }

    private static String quotable(String value) {
        if (!QUOTABLE.matcher(value).matches()) {
            throw new RuleException("a string in a rule is ASCII without any of \" | ( ) [ ] ; !");
        }
        return value;
    }

    /** The alternative that is being written holds only when all of these do. */
    RuleBuilder when(Comparison... all) {
        comparisons = Arrays.asList(all);
        return this;
    }

    /** It sets a parameter, {@code a} to {@code p} for {@code GPP_A} to {@code GPP_P}. */
    RuleBuilder assign(String parameter, String value) {
        if (!ASSIGNABLE.matcher(parameter).matches()) {
            throw new RuleException("'" + parameter + "' is no parameter");
        }
        assignments.add(new Assignment(parameter, quotable(value)));
        return this;
    }

    /** It has an option. */
    RuleBuilder option(String name, String argument) {
        if (!kind.options().contains(name)) {
            throw new RuleException("--" + name + " is not allowed in this parameter");
        }
        if (!RuleUrl.withoutMacros(argument).matches("[\\x20-\\x7e&&[^\"|()\\[\\];!$]]+")) {
            throw new RuleException("the argument of --" + name + " is ASCII without any of \" | ( ) [ ] ; ! and $");
        }
        options.add(new Option(name, argument));
        return this;
    }

    /** It fetches a URL, and is complete. */
    RuleBuilder fetch(String url) {
        RuleUrl.checked(url);
        if (lastIsUnconditional) {
            throw new RuleException("an alternative without a condition must be the last");
        }
        lastIsUnconditional = comparisons.isEmpty();
        alternatives.add(condition() + assigned() + bracket() + url);
        comparisons = List.of();
        assignments.clear();
        options.clear();
        return this;
    }

    private String condition() {
        return comparisons.isEmpty()
                ? ""
                : "("
                        + String.join(
                                " and ",
                                comparisons.stream().map(Comparison::toString).toList()) + ")? ";
    }

    private String assigned() {
        return assignments.isEmpty()
                ? ""
                : "( "
                        + String.join(
                                " ; ",
                                assignments.stream()
                                        .map(set -> set.parameter() + " = \"" + set.value() + '"')
                                        .toList())
                        + " )! ";
    }

    private String bracket() {
        return options.isEmpty()
                ? ""
                : "["
                        + String.join(
                                " ", options.stream().map(RuleBuilder::written).toList()) + "] ";
    }

    private static String written(Option option) {
        boolean quoted = option.argument().indexOf(' ') >= 0;
        return "--" + option.name() + " " + (quoted ? '"' + option.argument() + '"' : option.argument());
    }

    /** The rule. Read back, it is what was asked for; that is checked. */
    String build() {
        String rule = String.join(" | ", alternatives);
        if (rule.length() > limit) {
            throw new RuleException("the rule would have " + rule.length() + " characters, and the model takes " + limit
                    + " (rule-limit)");
        }
        if (RuleSyntax.complaint(kind, rule) != null) {
            throw new RuleException("the rule would be misread");
        }
        return rule;
    }
}
