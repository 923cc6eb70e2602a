package dev.provhub.emulator.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The container of {@code openssl enc -aes-256-cbc -k PASS} (section 2.1).
 *
 * <pre>
 * body = "Salted__" || salt[8] || AES-256-CBC-PKCS7(plain)
 * D1 = H(pass || salt);  Di = H(D(i-1) || pass || salt);  key || iv = the first 48 bytes of D1 || D2 || ...
 * </pre>
 */
final class OpensslContainer {
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    private OpensslContainer() {}

    static boolean isOne(byte[] body) {
        return body.length >= MAGIC.length && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Empty when the padding shows that pass phrase or digest is wrong; a wrong one may also yield rubbish. */
    static Optional<byte[]> open(byte[] body, String pass, PassDigest digest) {
        int start = MAGIC.length + SALT_BYTES;
        if (body.length < start) {
            return Optional.empty();
        }
        try {
            byte[] keyAndIv = derive(pass, Arrays.copyOfRange(body, MAGIC.length, start), digest);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(keyAndIv, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(keyAndIv, KEY_BYTES, IV_BYTES));
            return Optional.of(cipher.doFinal(body, start, body.length - start));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Encrypts a report; a fresh salt each time. */
    static byte[] seal(byte[] plain, String pass, PassDigest digest) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            byte[] keyAndIv = derive(pass, salt, digest);
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keyAndIv, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(keyAndIv, KEY_BYTES, IV_BYTES));
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(MAGIC.length + SALT_BYTES + sealed.length)
                    .put(MAGIC)
                    .put(salt)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** Key and IV, 48 bytes. */
    static byte[] derive(String pass, byte[] salt, PassDigest digest) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(digest.algorithm());
        byte[] out = new byte[KEY_BYTES + IV_BYTES];
        byte[] block = {};
        for (int filled = 0; filled < out.length; filled += block.length) {
            hash.update(block);
            hash.update(pass.getBytes(StandardCharsets.UTF_8));
            hash.update(salt);
            block = hash.digest();
            System.arraycopy(block, 0, out, filled, Math.min(block.length, out.length - filled));
        }
        return out;
    }
}
