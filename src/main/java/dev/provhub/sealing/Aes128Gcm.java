package dev.provhub.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The content encoding {@code aes128gcm} of RFC 8188, which multiplatform phones open from firmware 11.2(3) on.
 *
 * <pre>
 * body   = salt[16] || rs (4 bytes) || idlen (1 byte) || keyid || record ...
 * record = AES-128-GCM(data || delimiter || zeros), rs bytes but the last; the delimiter is 2 in the last, else 1
 * </pre>
 *
 * Key and nonces come from the keying material and the salt by HKDF with SHA-256. Unlike the OpenSSL container it cannot be
 * changed on the way without being noticed.
 */
public final class Aes128Gcm {
    /** What the header {@code Content-Encoding} says of such a body. */
    public static final String CONTENT_ENCODING = "aes128gcm";

    /** Record size where nobody says otherwise, as in the RFC's examples. */
    public static final int DEFAULT_RECORD_BYTES = 4096;

    /** Smallest record size: tag, delimiter and one byte. */
    public static final int SMALLEST_RECORD_BYTES = 18;

    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = SALT_BYTES + Integer.BYTES + 1;
    private static final int LONGEST_KEY_ID = 255;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final byte MORE = 1;
    private static final byte LAST = 2;
    private static final byte[] KEY_INFO = "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONCE_INFO = "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII);

    private Aes128Gcm() {}

    /**
     * Seals a body.
     *
     * @param keyingMaterial secret that the receiver holds; not empty
     * @param keyId          tells the receiver which secret; 0 to 255 bytes of UTF-8
     * @param recordBytes    {@link #SMALLEST_RECORD_BYTES} or more
     * @param random         gives the salt; thread-safe
     */
    public static byte[] seal(byte[] plain, byte[] keyingMaterial, String keyId, int recordBytes, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return seal(plain, keyingMaterial, keyId, recordBytes, salt);
    }

    /** The same with a given salt, for known answers. */
    static byte[] seal(byte[] plain, byte[] keyingMaterial, String keyId, int recordBytes, byte[] salt) {
        byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
        if (keyingMaterial.length == 0) {
            throw new IllegalArgumentException("empty keying material seals nothing");
        }
        if (recordBytes < SMALLEST_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record has " + SMALLEST_RECORD_BYTES + " bytes or more, not " + recordBytes);
        }
        if (id.length > LONGEST_KEY_ID) {
            throw new IllegalArgumentException("a key id has " + LONGEST_KEY_ID + " bytes at most, not " + id.length);
        }
        int data = recordBytes - TAG_BYTES - 1;
        int records = Math.max(1, (plain.length + data - 1) / data);
        ByteBuffer body = ByteBuffer.allocate(HEADER_BYTES + id.length + plain.length + records * (TAG_BYTES + 1));
        body.put(salt).putInt(recordBytes).put((byte) id.length).put(id);
        try (Records keys = new Records(keyingMaterial, salt)) {
            for (int i = 0; i < records; i++) {
                int from = i * data;
                int to = Math.min(plain.length, from + data);
                byte[] padded = Arrays.copyOfRange(plain, from, to + 1);
                padded[to - from] = i == records - 1 ? LAST : MORE;
                body.put(keys.cipher(Cipher.ENCRYPT_MODE, i).doFinal(padded));
                Arrays.fill(padded, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-128-GCM is not to be had", e);
        }
        return body.array();
    }

    /**
     * The key id of a body.
     *
     * @throws UnsealingException when it is no such body
     */
    public static String keyId(byte[] body) {
        int length = body.length < HEADER_BYTES ? 0 : body[HEADER_BYTES - 1] & 0xFF;
        if (body.length < HEADER_BYTES + length) {
            throw new UnsealingException("not a whole aes128gcm body");
        }
        return new String(body, HEADER_BYTES, length, StandardCharsets.UTF_8);
    }

    /**
     * Opens a body.
     *
     * @throws UnsealingException when it is no such body, is cut off or changed, or the keying material is another
     */
    public static byte[] open(byte[] body, byte[] keyingMaterial) {
        if (keyingMaterial.length == 0) {
            throw new IllegalArgumentException("empty keying material opens nothing");
        }
        int start = HEADER_BYTES + (body.length < HEADER_BYTES ? 0 : body[HEADER_BYTES - 1] & 0xFF);
        if (body.length < start + TAG_BYTES + 1) {
            throw new UnsealingException("not a whole aes128gcm body");
        }
        long recordBytes = ByteBuffer.wrap(body, SALT_BYTES, Integer.BYTES).getInt() & 0xFFFF_FFFFL;
        if (recordBytes < SMALLEST_RECORD_BYTES) {
            throw new UnsealingException("an aes128gcm body with records of " + recordBytes + " bytes");
        }
        ByteBuffer plain = ByteBuffer.allocate(body.length);
        try (Records keys = new Records(keyingMaterial, Arrays.copyOf(body, SALT_BYTES))) {
            int from = start;
            for (int i = 0; from < body.length; i++) {
                int to = (int) Math.min(body.length, from + recordBytes);
                if (to - from <= TAG_BYTES) {
                    throw new UnsealingException("the aes128gcm body is cut off or put together wrongly");
                }
                byte[] padded = keys.cipher(Cipher.DECRYPT_MODE, i).doFinal(body, from, to - from);
                plain.put(padded, 0, lengthOf(padded, to == body.length));
                Arrays.fill(padded, (byte) 0);
                from = to;
            }
        } catch (GeneralSecurityException e) {
            Arrays.fill(plain.array(), (byte) 0);
            throw new UnsealingException("the aes128gcm body does not open");
        }
        return Arrays.copyOf(plain.array(), plain.position());
    }

    /** What stands before the delimiter, which must be the right one. */
    private static int lengthOf(byte[] padded, boolean last) {
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != (last ? LAST : MORE)) {
            throw new UnsealingException("the aes128gcm body is cut off or put together wrongly");
        }
        return end;
    }

    /** Key and nonces of one body; wiped when closed, as far as the JDK lets us. */
    private static final class Records implements AutoCloseable {
        private final byte[] key;
        private final byte[] nonce;

        Records(byte[] keyingMaterial, byte[] salt) throws GeneralSecurityException {
            byte[] secret = hmac(salt, keyingMaterial);
            this.key = Arrays.copyOf(hmac(secret, KEY_INFO, new byte[] {1}), KEY_BYTES);
            this.nonce = Arrays.copyOf(hmac(secret, NONCE_INFO, new byte[] {1}), NONCE_BYTES);
            Arrays.fill(secret, (byte) 0);
        }

        Cipher cipher(int mode, int record) throws GeneralSecurityException {
            byte[] own = nonce.clone();
            for (int i = 0; i < Integer.BYTES; i++) {
                own[NONCE_BYTES - 1 - i] ^= (byte) (record >>> (8 * i));
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, own));
            return cipher;
        }

        private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        }

        @Override
        public void close() {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(nonce, (byte) 0);
        }
    }
}
