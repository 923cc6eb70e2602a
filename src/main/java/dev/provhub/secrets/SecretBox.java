package dev.provhub.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what the database holds. AES-256-GCM, with the row's identity as associated data, so that a sealed value cannot be
 * moved to another row.
 *
 * <pre>
 * v1:&lt;key id&gt;:base64url( nonce[12] || ciphertext || tag[16] )
 * </pre>
 *
 * Thread-safe.
 */
public final class SecretBox {
    private static final String VERSION = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKey current;
    private final Map<String, MasterKey> readable = new TreeMap<>();
    private final SecureRandom random;

    /**
     * Makes a box.
     *
     * @param current seals and opens
     * @param earlier only open, until everything is sealed anew
     */
    public SecretBox(MasterKey current, SecureRandom random, MasterKey... earlier) {
        this.current = current;
        this.random = random;
        Arrays.stream(earlier).forEach(key -> readable.put(key.id(), key));
        readable.put(current.id(), current);
    }

    /**
     * Seals a value for one place.
     *
     * @param identity names the place, e.g. {@code device/000e08aabbcc/seed}; needed again to open it
     */
    public String seal(String plain, String identity) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, identity)
                    .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return VERSION + ":" + current.id() + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not to be had", e);
        }
    }

    /**
     * Opens a value in its place.
     *
     * @throws SecretException when it is of another place, another key, or was changed; the message names place and key
     */
    public String open(String sealed, String identity) {
        String[] parts = sealed.split(":", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new SecretException("the secret of " + identity + " is not in a form that is known");
        }
        MasterKey key = readable.get(parts[1]);
        if (key == null) {
            throw new SecretException("the secret of " + identity + " is sealed under master key " + parts[1]
                    + "; the key here is " + current.id());
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, identity)
                    .doFinal(whole, NONCE_BYTES, Math.max(0, whole.length - NONCE_BYTES));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException(
                    "the secret of " + identity + " does not open: it was changed or is of another place");
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String identity)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(identity.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
