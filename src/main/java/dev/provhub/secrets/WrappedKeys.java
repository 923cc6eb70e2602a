package dev.provhub.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Master keys under a pass phrase, as one line of text. The pass phrase is stretched by scrypt (RFC 7914), which takes 64 MiB
 * and a part of a second for each guess.
 *
 * <pre>
 * scrypt:65536:8:1:base64( salt[16] ):base64( nonce[12] || AES-256-GCM( keys in hex, a line each ) || tag[16] )
 * </pre>
 */
public final class WrappedKeys {
    /** A shorter pass phrase is refused. */
    public static final int SHORTEST_PASS_PHRASE = 12;

    private static final String PARAMETERS = "scrypt:65536:8:1";
    private static final int COST = 65536;
    private static final int BLOCK = 8;
    private static final int PARALLEL = 1;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FIELDS = 6;

    private WrappedKeys() {}

    /** @throws SecretException when the pass phrase is shorter than {@value #SHORTEST_PASS_PHRASE} characters */
    public static String wrap(List<MasterKey> keys, String passPhrase, SecureRandom random) {
        if (passPhrase.length() < SHORTEST_PASS_PHRASE) {
            throw new SecretException("the pass phrase is shorter than " + SHORTEST_PASS_PHRASE + " characters");
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        String text = keys.stream().map(MasterKey::text).collect(Collectors.joining("\n"));
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, passPhrase, salt, nonce)
                    .doFinal(text.getBytes(StandardCharsets.US_ASCII));
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            Base64.Encoder base64 = Base64.getEncoder();
            return PARAMETERS + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not to be had", e);
        }
    }

    /** @throws SecretException when the pass phrase is another one, or the text was altered */
    public static List<MasterKey> unwrap(String wrapped, String passPhrase) {
        String[] fields = wrapped.split(":", -1);
        if (fields.length != FIELDS || !wrapped.startsWith(PARAMETERS + ":")) {
            throw new SecretException("the wrapped master key is not in a form that is known");
        }
        try {
            byte[] salt = Base64.getDecoder().decode(fields[4]);
            byte[] whole = Base64.getDecoder().decode(fields[5]);
            if (whole.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw new IllegalArgumentException("too short for nonce and tag");
            }
            byte[] plain = cipher(Cipher.DECRYPT_MODE, passPhrase, salt, Arrays.copyOf(whole, NONCE_BYTES))
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return MasterKey.parseAll(new String(plain, StandardCharsets.US_ASCII), "the wrapped master key");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException("the pass phrase does not open the wrapped master key");
        }
    }

    private static Cipher cipher(int mode, String passPhrase, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        byte[] key =
                SCrypt.generate(passPhrase.getBytes(StandardCharsets.UTF_8), salt, COST, BLOCK, PARALLEL, KEY_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PARAMETERS.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
