package dev.provhub.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a phone would do on a rule.
 *
 * @param alternative which alternative it takes, counted from 1; null when it takes none
 * @param url         what it fetches, with scheme and host; null when it fetches nothing
 * @param options     argument by option, macros expanded; empty text for one without an argument
 * @param assigned    value by parameter, in the order in which they are set
 * @param because     why, a sentence for each thing that it looked at; holds the values of macros
 */
public record RuleOutcome(
        @Nullable Integer alternative,
        @Nullable String url,
        Map<String, String> options,
        Map<String, String> assigned,
        List<String> because) {
    /** Copies maps and list; the maps keep their order. */
    public RuleOutcome {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        assigned = Collections.unmodifiableMap(new LinkedHashMap<>(assigned));
        because = List.copyOf(because);
    }
}
