package dev.provhub.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keying material for {@code aes128gcm}, made from a device's key, so that the two are handed over, rotated and ended together and
 * only one of them has to be kept.
 */
public final class KeyingMaterial {
    private static final int BYTES = 16;
    private static final byte[] PURPOSE = "aes128gcm keying material".getBytes(StandardCharsets.US_ASCII);

    private KeyingMaterial() {}

    /**
     * The first 16 bytes of HMAC-SHA256 under the key, as base64url without padding: 22 characters. What is made from one key
     * says nothing of that key.
     *
     * @param key a device's key as text, 256 random bits
     */
    public static String of(String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] material = Arrays.copyOf(mac.doFinal(PURPOSE), BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(material);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not to be had", e);
        }
    }
}
