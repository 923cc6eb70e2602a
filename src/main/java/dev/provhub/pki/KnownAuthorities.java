package dev.provhub.pki;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CAs that firmware may have built in, as {@code config/certs/known-cas.yaml} describes them.
 *
 * @param all in order; a name that fits more than one means the first
 */
public record KnownAuthorities(List<Known> all) {
    /** Copies the list. */
    public KnownAuthorities {
        all = List.copyOf(all);
    }

    /**
     * A CA, or a group of them.
     *
     * @param name         as in {@code trusted-cas} of {@code models.yaml}, e.g. {@code cisco-small-business}
     * @param title        for people
     * @param subjects     what its subject looks like, an asterisk for anything; says who a CA calls itself, and proves nothing
     * @param fingerprints SHA-256 of its certificates, 64 hex digits in lower case each; proves who it is
     * @param publicOnes   whether the CAs that the Java of this machine trusts belong to it
     */
    public record Known(
            String name, String title, List<String> subjects, Set<String> fingerprints, boolean publicOnes) {
        /** Copies lists and sets. */
        public Known {
            subjects = List.copyOf(subjects);
            fingerprints = Set.copyOf(fingerprints);
        }

        boolean callsItself(String subject) {
            return subjects.stream().anyMatch(pattern -> matches(pattern, subject));
        }

        private static boolean matches(String pattern, String subject) {
            String regex = Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return subject.toLowerCase(Locale.ROOT).matches(regex);
        }
    }
}
