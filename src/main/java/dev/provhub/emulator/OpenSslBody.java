package dev.provhub.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The container of {@code openssl enc -aes-256-cbc -k} as the phones open it (protocol section 2.1). Thread-safe. */
final class OpenSslBody {

    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_END = 16;
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    private OpenSslBody() {}

    static boolean isSealed(byte[] body) {
        return body.length >= MAGIC.length && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Decrypts.
     *
     * @param pass the pass phrase as it stands, never decoded from hex
     * @param digest {@code MD5} or {@code SHA-256}
     * @throws FetchException {@code corrupt file}, if the padding shows that pass phrase or digest is wrong
     */
    static byte[] open(byte[] body, String pass, String digest) throws FetchException {
        if (!isSealed(body) || body.length < SALT_END) {
            throw FetchException.corruptFile();
        }
        try {
            byte[] keyAndIv =
                    derive(digest, pass.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(body, 8, SALT_END));
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(keyAndIv, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(keyAndIv, KEY_BYTES, IV_BYTES));
            return cipher.doFinal(body, SALT_END, body.length - SALT_END);
        } catch (GeneralSecurityException e) {
            throw FetchException.corruptFile();
        }
    }

    static byte[] derive(String digest, byte[] pass, byte[] salt) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(digest);
        byte[] out = new byte[0];
        byte[] last = new byte[0];
        while (out.length < KEY_BYTES + IV_BYTES) {
            hash.update(last);
            hash.update(pass);
            last = hash.digest(salt);
            int length = out.length;
            out = Arrays.copyOf(out, length + last.length);
            System.arraycopy(last, 0, out, length, last.length);
        }
        return Arrays.copyOf(out, KEY_BYTES + IV_BYTES);
    }
}
