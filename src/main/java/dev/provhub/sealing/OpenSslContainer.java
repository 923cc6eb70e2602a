package dev.provhub.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-CBC in the container of {@code openssl enc -aes-256-cbc -k PASS}, the one that the phones' firmware opens
 * (Cisco provisioning guides, "Encrypt a profile with AES").
 *
 * <pre>
 * body = "Salted__" || salt[8] || AES-256-CBC-PKCS7(plain)
 *
 * D1 = H(pass || salt)   Di = H(D(i-1) || pass || salt)        one iteration
 * MD5:     key = D1 || D2        iv = D3
 * SHA-256: key = D1              iv = first 16 bytes of D2
 * </pre>
 *
 * The format has no authentication: who can change bytes on the way can garble a profile, and a receiver cannot tell
 * from what. Its key derivation is one hash, so it is only as good as the pass phrase; the hub uses 256 random bits.
 */
public final class OpenSslContainer {
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;
    private static final int HEADER_BYTES = 16;

    private OpenSslContainer() {}

    /**
     * Seals a body.
     *
     * @param passPhrase taken as it stands, also when it looks like hex; not empty
     * @param random     gives the salt; thread-safe
     */
    public static byte[] seal(byte[] plain, String passPhrase, KeyDigest digest, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return seal(plain, passPhrase, digest, salt);
    }

    /** The same with a given salt, for known answers. */
    static byte[] seal(byte[] plain, String passPhrase, KeyDigest digest, byte[] salt) {
        if (passPhrase.isEmpty()) {
            throw new IllegalArgumentException("an empty pass phrase seals nothing");
        }
        byte[] derived = derive(passPhrase, digest, salt);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, derived);
            byte[] body = new byte[HEADER_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(MAGIC, 0, body, 0, MAGIC.length);
            System.arraycopy(salt, 0, body, MAGIC.length, SALT_BYTES);
            cipher.doFinal(plain, 0, plain.length, body, HEADER_BYTES);
            return body;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-CBC is not to be had", e);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /**
     * Opens a body.
     *
     * @throws UnsealingException when it is no such container, is cut off, or the pass phrase or digest is another; a
     *     wrong pass phrase is found only by its padding, so one time in 256 garbage comes back instead
     */
    public static byte[] open(byte[] body, String passPhrase, KeyDigest digest) {
        boolean whole = body.length >= HEADER_BYTES + BLOCK_BYTES && body.length % BLOCK_BYTES == 0;
        if (!whole || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new UnsealingException("not a whole OpenSSL container");
        }
        byte[] derived = derive(passPhrase, digest, Arrays.copyOfRange(body, MAGIC.length, HEADER_BYTES));
        try {
            return cipher(Cipher.DECRYPT_MODE, derived).doFinal(body, HEADER_BYTES, body.length - HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new UnsealingException("the container does not open");
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] derived) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
                new IvParameterSpec(derived, KEY_BYTES, BLOCK_BYTES));
        return cipher;
    }

    /** Key and IV, one after the other: EVP_BytesToKey with one iteration. */
    private static byte[] derive(String passPhrase, KeyDigest digest, byte[] salt) {
        MessageDigest hash = hash(digest);
        byte[] pass = passPhrase.getBytes(StandardCharsets.UTF_8);
        byte[] derived = new byte[KEY_BYTES + BLOCK_BYTES];
        byte[] block = new byte[0];
        for (int length = 0; length < derived.length; length += block.length) {
            hash.update(block);
            hash.update(pass);
            block = hash.digest(salt);
            System.arraycopy(block, 0, derived, length, Math.min(block.length, derived.length - length));
        }
        Arrays.fill(pass, (byte) 0);
        Arrays.fill(block, (byte) 0);
        return derived;
    }

    private static MessageDigest hash(KeyDigest digest) {
        try {
            return MessageDigest.getInstance(digest == KeyDigest.MD5 ? "MD5" : "SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(digest + " is not to be had", e);
        }
    }
}
