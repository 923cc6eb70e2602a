package dev.provhub.rules;

import dev.provhub.rules.Alternative.Assignment;
import dev.provhub.rules.Alternative.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a phone would do on a rule, and why (device protocol, section 4). The rule is parsed first and expanded
 * afterwards; the assignments of the alternative that is taken run before its options and its URL are expanded.
 */
public final class RuleEvaluator {
    private final RuleKind kind;
    private final List<String> because = new ArrayList<>();
    private final Set<String> notGiven = new LinkedHashSet<>();
    private final Map<String, String> assigned = new LinkedHashMap<>();
    private PhoneState phone;

    private RuleEvaluator(RuleKind kind, PhoneState phone) {
        this.kind = kind;
        this.phone = phone;
    }

    /** What a phone would do. A rule that it cannot read is an outcome too: it does nothing. */
    public static RuleOutcome evaluate(RuleKind kind, String rule, PhoneState phone) {
        return new RuleEvaluator(kind, phone).run(rule);
    }

    private RuleOutcome run(String text) {
        if (kind == RuleKind.TRIGGER) {
            boolean holds = !text.isBlank() && !text.strip().startsWith("#") && holds(Condition.parse(text));
            return outcome(holds ? 1 : null, null, Map.of());
        }
        Rule rule;
        try {
            rule = Rule.parse(text);
        } catch (RuleException e) {
            because.add("the rule cannot be read: " + e.getMessage());
            return outcome(null, null, Map.of());
        }
        for (int i = 0; i < rule.alternatives().size(); i++) {
            because.add("alternative " + (i + 1) + ":");
            if (isTaken(rule.alternatives().get(i))) {
                return take(i + 1, rule.alternatives().get(i));
            }
        }
        because.add(
                rule.alternatives().isEmpty()
                        ? "the rule is empty and is skipped"
                        : "no alternative holds: the rule is skipped");
        return outcome(null, null, Map.of());
    }

    private boolean isTaken(Alternative alternative) {
        Condition condition = alternative.condition();
        if (condition == null) {
            because.add("  has no condition and is taken");
            return true;
        }
        return holds(condition);
    }

    private boolean holds(Condition condition) {
        if (condition.flaw() != null) {
            because.add("  the condition cannot be read and counts as false: " + condition.flaw());
            return false;
        }
        for (Comparison comparison : condition.comparisons()) {
            if (!holds(comparison)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Comparison comparison) {
        Operand left =
                new Operand(expand(comparison.left().text()), comparison.left().quoted());
        Operand right = new Operand(
                expand(comparison.right().text()), comparison.right().quoted());
        Verdict verdict = Verdict.of(left, comparison.operator(), right);
        Comparison seen = new Comparison(left, comparison.operator(), right);
        because.add("  " + comparison + (seen.equals(comparison) ? "" : ", which is " + seen) + ": " + verdict.why());
        return verdict.holds();
    }

    private RuleOutcome take(int number, Alternative alternative) {
        for (Assignment assignment : alternative.assignments()) {
            String value = expand(assignment.value());
            phone = phone.assigned(assignment.parameter(), value);
            assigned.remove(assignment.parameter());
            assigned.put(assignment.parameter(), value);
            because.add("  sets " + assignment.parameter() + " to \"" + value + "\"");
        }
        for (Option option : alternative.options()) {
            if (!kind.options().contains(option.name())) {
                because.add(
                        kind.options().isEmpty()
                                ? "  options are not allowed here: the rule fails"
                                : "  --" + option.name() + " is no option of such a rule: it fails");
                return outcome(number, null, Map.of());
            }
        }
        if (alternative.url() == null) {
            because.add("  has no URL: nothing is fetched, which counts as success");
            return outcome(number, null, Map.of());
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (Option option : alternative.options()) {
            options.putIfAbsent(option.name(), expandIn(option));
        }
        String url = target(expand(alternative.url()));
        return outcome(number, url, options);
    }

    private @Nullable String target(String expanded) {
        FetchTarget target = FetchTarget.of(expanded, kind.hostFromDhcp(), phone.server());
        because.add("  " + target.why());
        return target.url();
    }

    private String expand(String text) {
        return Macros.expand(text, macro -> noted(macro, phone.value(macro)));
    }

    private String expandIn(Option option) {
        return Macros.expand(option.argument(), macro -> noted(macro, phone.valueInOption(macro, option.name())));
    }

    private @Nullable String noted(String macro, @Nullable String value) {
        if (value != null && !phone.isGiven(macro)) {
            notGiven.add(macro);
        }
        return value;
    }

    private RuleOutcome outcome(@Nullable Integer number, @Nullable String url, Map<String, String> options) {
        notGiven.forEach(macro -> because.add("$" + macro + " was not given and is taken for empty"));
        return new RuleOutcome(number, url, options, assigned, because);
    }
}
