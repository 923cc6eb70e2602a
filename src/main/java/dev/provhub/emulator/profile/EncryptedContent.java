package dev.provhub.emulator.profile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An {@code aes128gcm} body (RFC 8188, section 2): salt(16) | record size(4) | idlen(1) | keyid | records. The input
 * keying material is taken as base64url, the convention of the RFC's examples; the phones' own is not published.
 */
final class EncryptedContent {
    private static final int HEADER_BYTES = 21;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 16;

    private final byte[] body;
    private final byte[] contentKey;
    private final byte[] nonceBase;

    private EncryptedContent(byte[] body, String keyingMaterial) throws GeneralSecurityException {
        this.body = body;
        byte[] salt = Arrays.copyOf(body, SALT_BYTES);
        byte[] pseudoRandomKey = hmac(salt, Base64.getUrlDecoder().decode(keyingMaterial));
        this.contentKey = Arrays.copyOf(hmac(pseudoRandomKey, info("aes128gcm")), 16);
        this.nonceBase = Arrays.copyOf(hmac(pseudoRandomKey, info("nonce")), 12);
    }

    static byte[] open(byte[] body, String keyingMaterial) throws CorruptFileException {
        if (body.length < HEADER_BYTES) {
            throw new CorruptFileException("aes128gcm body is too short");
        }
        try {
            return new EncryptedContent(body, keyingMaterial).records();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CorruptFileException("aes128gcm body does not open");
        }
    }

    /**
     * Encrypts a report as one record, with an empty key id and a fresh salt.
     *
     * @throws IllegalArgumentException when the keying material is not base64url
     */
    static byte[] seal(byte[] plain, String keyingMaterial) {
        byte[] header = new byte[HEADER_BYTES];
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        System.arraycopy(salt, 0, header, 0, SALT_BYTES);
        ByteBuffer.wrap(header).putInt(SALT_BYTES, plain.length + 1 + TAG_BYTES + 1);
        try {
            EncryptedContent keys = new EncryptedContent(header, keyingMaterial);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keys.contentKey, "AES"),
                    new GCMParameterSpec(TAG_BYTES * 8, keys.nonceBase));
            byte[] record = Arrays.copyOf(plain, plain.length + 1);
            record[plain.length] = 2;
            byte[] sealed = cipher.doFinal(record);
            return ByteBuffer.allocate(header.length + sealed.length)
                    .put(header)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    private byte[] records() throws GeneralSecurityException, CorruptFileException {
        int recordBytes = ByteBuffer.wrap(body).getInt(SALT_BYTES);
        int at = HEADER_BYTES + Byte.toUnsignedInt(body[HEADER_BYTES - 1]);
        if (recordBytes <= TAG_BYTES + 1 || at >= body.length) {
            throw new CorruptFileException("aes128gcm header is not valid");
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(body.length);
        for (long sequence = 0; at < body.length; sequence++) {
            int length = Math.min(recordBytes, body.length - at);
            boolean last = at + length == body.length;
            byte[] record = decrypt(at, length, sequence);
            plain.write(record, 0, endOfText(record, last ? 2 : 1));
            at += length;
        }
        return plain.toByteArray();
    }

    private byte[] decrypt(int at, int length, long sequence) throws GeneralSecurityException {
        byte[] nonce = nonceBase.clone();
        ByteBuffer tail = ByteBuffer.wrap(nonce);
        tail.putLong(4, tail.getLong(4) ^ sequence);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
        return cipher.doFinal(body, at, length);
    }

    /** Takes off zeros and the delimiter before them. */
    private static int endOfText(byte[] record, int delimiter) throws CorruptFileException {
        int end = record.length - 1;
        while (end >= 0 && record[end] == 0) {
            end--;
        }
        if (end < 0 || record[end] != delimiter) {
            throw new CorruptFileException("aes128gcm record without its delimiter");
        }
        return end;
    }

    private static byte[] info(String name) {
        return ("Content-Encoding: " + name + "\0\1").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }
}
