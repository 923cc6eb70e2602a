package dev.provhub.pki;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of certificates that prove nothing.
 *
 * @param genericNames values of a subject, in lower case, that mark a certificate whose key many devices share
 * @param knownWrong   series of units that were made with wrong certificates
 */
public record JudgingRules(Set<String> genericNames, List<Series> knownWrong) {
    /** Copies both. */
    public JudgingRules {
        genericNames = Set.copyOf(genericNames);
        knownWrong = List.copyOf(knownWrong);
    }

    /**
     * Serial numbers of one length, compared as text.
     *
     * @param from    first, upper case
     * @param to      last, upper case
     * @param because in words for an operator
     */
    public record Series(String from, String to, String because) {
        boolean holds(String serial) {
            return serial.length() == from.length() && serial.compareTo(from) >= 0 && serial.compareTo(to) <= 0;
        }
    }

    /** Why a unit's certificate is wrong; empty when nothing is known against it. */
    Optional<String> wrongSeries(@Nullable String serial) {
        if (serial == null) {
            return Optional.empty();
        }
        String upper = serial.toUpperCase(Locale.ROOT);
        return knownWrong.stream()
                .filter(series -> series.holds(upper))
                .map(Series::because)
                .findFirst();
    }
}
