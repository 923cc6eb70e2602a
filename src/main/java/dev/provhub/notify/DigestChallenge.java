package dev.provhub.notify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that can be answered (RFC 2617, section 3.2.1; RFC 7616, section 3.3).
 *
 * @param realm     any text
 * @param nonce     any text
 * @param opaque    null where there is none
 * @param algorithm how it is digested
 * @param said      the algorithm's name as it was said; null where nothing was
 * @param qopAuth   whether {@code qop=auth} is offered; without any qop it is answered as RFC 2069 has it
 * @param stale     whether only the nonce was wrong
 */
record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        Algorithm algorithm,
        @Nullable String said,
        boolean qopAuth,
        boolean stale) {

    /** Digests, the better ones last. */
    enum Algorithm {
        MD5("MD5", false),
        MD5_SESS("MD5", true),
        SHA_256("SHA-256", false),
        SHA_256_SESS("SHA-256", true);

        private final String digest;
        private final boolean session;

        Algorithm(String digest, boolean session) {
            this.digest = digest;
            this.session = session;
        }

        String digest() {
            return digest;
        }

        boolean isSession() {
            return session;
        }

        static Optional<Algorithm> find(String name) {
            String plain = name.toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.name().equals(plain))
                    .findFirst();
        }
    }

    private static final Pattern SCHEME = Pattern.compile("(?i)Digest\\s+(.*)");
    private static final Pattern PARAMETER = Pattern.compile(
            "\\s*([A-Za-z0-9-]{1,32})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,1024}+)\"|([^\\s\",]{1,256}))\\s*(?:,|$)");

    /** The challenge in a header's value; empty for what cannot be read or answered. */
    static Optional<DigestChallenge> find(String value) {
        Matcher scheme = SCHEME.matcher(value);
        if (!scheme.matches()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(scheme.group(1));
        int at = 0;
        while (at < scheme.group(1).length()) {
            if (!parameter.find(at) || parameter.start() != at) {
                return Optional.empty();
            }
            String text = parameter.group(3) != null
                    ? parameter.group(3)
                    : parameter.group(2).replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), text);
            at = parameter.end();
        }
        return of(parameters);
    }

    private static Optional<DigestChallenge> of(Map<String, String> parameters) {
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        String said = parameters.get("algorithm");
        Optional<Algorithm> algorithm = said == null ? Optional.of(Algorithm.MD5) : Algorithm.find(said);
        List<String> qop = qop(parameters.get("qop"));
        if (realm == null || nonce == null || algorithm.isEmpty() || !(qop.isEmpty() || qop.contains("auth"))) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                realm,
                nonce,
                parameters.get("opaque"),
                algorithm.get(),
                said,
                !qop.isEmpty(),
                "true".equalsIgnoreCase(parameters.get("stale"))));
    }

    private static List<String> qop(@Nullable String offered) {
        return offered == null
                ? List.of()
                : Arrays.stream(offered.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }
}
