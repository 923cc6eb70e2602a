package dev.provhub.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
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

    private final SecureRandom random;
    private volatile Keys keys;

    /** @param readable by id, the current one among them */
    private record Keys(MasterKey current, Map<String, MasterKey> readable) {
        static Keys of(MasterKey current, Collection<MasterKey> earlier) {
            Map<String, MasterKey> readable = new TreeMap<>();
            earlier.forEach(key -> readable.put(key.id(), key));
            readable.put(current.id(), current);
            return new Keys(current, Map.copyOf(readable));
        }
    }

    /**
     * Makes a box.
     *
     * @param current seals and opens
     * @param earlier only open, until everything is sealed anew
     */
    public SecretBox(MasterKey current, SecureRandom random, MasterKey... earlier) {
        this.random = random;
        this.keys = Keys.of(current, List.of(earlier));
    }

    /** Seals under another key from now on; what was sealed before can still be opened. */
    public synchronized void change(MasterKey next) {
        keys = Keys.of(next, keys.readable().values());
    }

    /** Opens only what is sealed under the current key from now on. */
    public synchronized void forgetEarlier() {
        keys = Keys.of(keys.current(), List.of());
    }

    /** The key that seals. */
    public MasterKey current() {
        return keys.current();
    }

    /** The keys that only open. */
    public List<MasterKey> earlier() {
        Keys now = keys;
        return now.readable().values().stream()
                .filter(key -> !key.id().equals(now.current().id()))
                .toList();
    }

    /** How everything begins that is sealed under this key. */
    public static String beginning(MasterKey key) {
        return VERSION + ":" + key.id() + ":";
    }

    /**
     * Seals a value for one place.
     *
     * @param identity names the place, e.g. {@code device/000e08aabbcc/seed}; needed again to open it
     */
    public String seal(String plain, String identity) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        MasterKey current = keys.current();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, identity)
                    .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return beginning(current) + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
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
        Keys now = keys;
        MasterKey key = now.readable().get(parts[1]);
        if (key == null) {
            throw new SecretException("the secret of " + identity + " is sealed under master key " + parts[1]
                    + "; the key here is " + now.current().id());
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
            if (whole.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw new IllegalArgumentException("too short for nonce and tag");
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, identity)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
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
