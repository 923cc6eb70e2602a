package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.KeyDigest;
import java.util.Locale;
import org.apache.camel.Exchange;

/** The exchange properties that say how to seal. Never headers: a phone may send headers. */
public final class SealingProperties {
    /** Text: the pass phrase, or keying material as base64url. Secret. */
    public static final String KEY = "hubSealingKey";
    /** {@code md5} or {@code sha256}: the hash that the receiver knows. */
    public static final String DIGEST = "hubSealingDigest";

    private SealingProperties() {}

    /** @throws IllegalStateException when there is none: then nothing may leave */
    static String key(Exchange exchange, String format) {
        String key = exchange.getProperty(KEY, String.class);
        if (key == null || key.isEmpty()) {
            throw new IllegalStateException(format + " needs the exchange property " + KEY);
        }
        return key;
    }

    /** @throws IllegalArgumentException naming the word and those that are allowed */
    static KeyDigest digest(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "md5" -> KeyDigest.MD5;
            case "sha256" -> KeyDigest.SHA256;
            default -> throw new IllegalArgumentException("digest '" + word + "' is neither md5 nor sha256");
        };
    }
}
