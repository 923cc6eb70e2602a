package dev.provhub.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets that need not be stored, because the same device always has the same: its web password, for one. */
public final class DerivedSecrets {
    /** Letters and digits that cannot be taken for one another; 32 of them, five bits each. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzACDEFGHJ2";

    private static final int CHARACTERS = 20;
    private static final int LOW_FIVE_BITS = 31;

    private DerivedSecrets() {}

    /**
     * One of a device's secrets, by name: HMAC-SHA256 of the name under the seed, 100 bits of it as text.
     *
     * @return 20 letters and digits
     */
    public static String derive(String seed, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(seed.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder(CHARACTERS);
            for (int i = 0; i < CHARACTERS; i++) {
                text.append(ALPHABET.charAt(hash[i] & LOW_FIVE_BITS));
            }
            return text.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not to be had", e);
        }
    }
}
