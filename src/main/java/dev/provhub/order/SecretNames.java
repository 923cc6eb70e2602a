package dev.provhub.order;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells names of what nobody should see by how they look. Neither case nor what stands between words counts. */
final class SecretNames {
    private static final Pattern ANYWHERE = Pattern.compile(
            "pass|pwd|secret|token|apikey|privatekey|sharedkey|authkey|accesskey|enc(?:ryption)?key|aeskey"
                    + "|credential|pincode|bearer|authorization|authhash");
    /** Short words, which stand inside many others. */
    private static final Pattern AT_THE_END = Pattern.compile("(?:pw|pin|psk|puk|(?<!alp)ha1)[0-9]*$");

    private static final Pattern WORD = Pattern.compile("(?:^|[^a-z])(?:pw|pin|psk|puk|otp|md5|ha1)(?:$|[^a-z0-9])");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");

    private SecretNames() {}

    /** Whether what is called so is likely to be a secret. */
    static boolean looksSecret(String name) {
        String words = HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
        String joined = BETWEEN.matcher(words).replaceAll("");
        return ANYWHERE.matcher(joined).find()
                || AT_THE_END.matcher(joined).find()
                || WORD.matcher(words).find();
    }
}
