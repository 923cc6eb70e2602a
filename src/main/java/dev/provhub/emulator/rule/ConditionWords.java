package dev.provhub.emulator.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a condition into quoted strings, signs and words; blanks between them are free. */
final class ConditionWords {
    private static final Pattern WORD = Pattern.compile("\\s*(?:\"([^\"]*)\"|(!=|<=|>=|[=!<>])|([^\\s\"=!<>]+))\\s*");

    private ConditionWords() {}

    /** Empty when a quote is not closed. */
    static Optional<List<Operand>> split(String text) {
        List<Operand> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.regionStart() < matcher.regionEnd()) {
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            String quoted = matcher.group(1);
            String sign = matcher.group(2);
            words.add(
                    quoted != null
                            ? new Operand(quoted, true)
                            : new Operand(sign != null ? sign : matcher.group(3), false));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return Optional.of(words);
    }
}
