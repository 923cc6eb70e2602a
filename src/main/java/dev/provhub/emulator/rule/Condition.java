package dev.provhub.emulator.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Tests joined by {@code and}. A condition that cannot be read, as well as a test that makes no sense once it is
 * expanded (a quoted against a bare operand, an empty bare operand, versions of two shapes), is false.
 */
public final class Condition {
    /** The left side that the legacy short form {@code ! 1.0.33} leaves out. */
    private static final Operand RUNNING_VERSION = new Operand("$SWVER", false);

    /** Null when it could not be read. */
    private final @Nullable List<Test> tests;

    private Condition(@Nullable List<Test> tests) {
        this.tests = tests;
    }

    private record Test(Operand left, Operator operator, Operand right) {}

    /** Reads a condition without its parentheses, as it also stands in {@code Resync_Trigger_1}. */
    public static Condition parse(String text) {
        return new Condition(ConditionWords.split(text).map(Condition::tests).orElse(null));
    }

    /**
     * What was found.
     *
     * @param why in plain words; long values are cut short, since they may be secrets
     */
    public record Finding(boolean holds, String why) {}

    /** Whether all tests are true. */
    public boolean holds(MacroValues values) {
        return look(values).holds();
    }

    /** Makes the tests in turn, to the first that is false. */
    public Finding look(MacroValues values) {
        if (tests == null) {
            return new Finding(false, "the condition cannot be read");
        }
        StringJoiner found = new StringJoiner(", ");
        for (Test test : tests) {
            Operand left = test.left().expand(values);
            Operand right = test.right().expand(values);
            if (!left.compare(test.operator(), right)) {
                return new Finding(
                        false,
                        test.left().shown(left) + " is not " + test.operator().words() + " "
                                + test.right().shown(right)
                                + left.hint(test.operator(), right));
            }
            found.add(test.left().shown(left) + " is " + test.operator().words() + " "
                    + test.right().shown(right));
        }
        return new Finding(true, found.toString());
    }

    private static @Nullable List<Test> tests(List<Operand> words) {
        List<Test> found = new ArrayList<>();
        List<Operand> one = new ArrayList<>();
        for (Operand word : words) {
            if (!word.quoted() && word.text().toLowerCase(Locale.ROOT).equals("and")) {
                if (!addTo(found, one)) {
                    return null;
                }
                one.clear();
            } else {
                one.add(word);
            }
        }
        return addTo(found, one) ? found : null;
    }

    private static boolean addTo(List<Test> found, List<Operand> words) {
        if (words.size() != 2 && words.size() != 3) {
            return false;
        }
        int sign = words.size() - 2;
        Operand left = sign == 0 ? RUNNING_VERSION : words.get(0);
        Optional<Operator> operator = words.get(sign).asOperator();
        operator.ifPresent(known -> found.add(new Test(left, known, words.get(sign + 1))));
        return operator.isPresent();
    }
}
