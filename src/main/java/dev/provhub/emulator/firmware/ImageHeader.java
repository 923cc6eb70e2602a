package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The start that the two described containers share; integers are big endian.
 *
 * <pre>
 * 0x00 magic[16] | 0x10 signature[32] | 0x30 digest[16] | 0x40 randseq[16]
 * 0x50 header length | 0x54 length of each sector or module header | 0x58 file size | 0x5c version[32] | 0x7c count
 * </pre>
 */
final class ImageHeader {
    static final int SIGNATURE = 0x10;
    static final int DIGEST = 0x30;
    static final int RANDSEQ = 0x40;
    static final int HEADER_LENGTH = 0x50;
    static final int VERSION = 0x5c;
    static final int VERSION_BYTES = 32;
    static final int SHORTEST = 0x80;
    private static final int FILE_SIZE = 0x58;
    private static final int COUNT = 0x7c;

    private ImageHeader() {}

    /** Writes all fields but the digests. */
    static void write(ByteBuffer image, String magic, int headerBytes, int entryBytes, String version, int count) {
        image.put(0, ascii(magic));
        image.putInt(HEADER_LENGTH, headerBytes);
        image.putInt(HEADER_LENGTH + 4, entryBytes);
        image.putInt(FILE_SIZE, image.capacity());
        image.put(VERSION, version(version));
        image.putInt(COUNT, count);
    }

    /**
     * Checks all fields but the digests.
     *
     * @param image  its headers at least
     * @param length of all of it
     */
    static void check(ByteBuffer image, long length, String magic, int headerBytes, int entryBytes)
            throws ImageRefusedException {
        if (image.capacity() < SHORTEST || !startsWith(image, magic)) {
            throw new ImageRefusedException("does not begin with " + magic);
        }
        expect("header length", headerBytes, image.getInt(HEADER_LENGTH));
        expect("entry length", entryBytes, image.getInt(HEADER_LENGTH + 4));
        expect("file size", length, Integer.toUnsignedLong(image.getInt(FILE_SIZE)));
        long tableEnd = headerBytes + (long) entryBytes * Integer.toUnsignedLong(count(image));
        if (count(image) == 0 || tableEnd > image.capacity()) {
            throw new ImageRefusedException(
                    "table of " + Integer.toUnsignedString(count(image)) + " entries does not fit");
        }
        if (readVersion(image).isEmpty()) {
            throw new ImageRefusedException("has no version text");
        }
    }

    /** How many bytes headers and table take; no more than a phone would read. */
    static int tableEnd(ByteBuffer image, int headerBytes, int entryBytes) {
        long end = headerBytes + (long) entryBytes * Integer.toUnsignedLong(count(image));
        return (int) Math.min(end, ImageHead.LONGEST);
    }

    static void expect(String what, long expected, long found) throws ImageRefusedException {
        if (expected != found) {
            throw new ImageRefusedException(what + " is " + found + " instead of " + expected);
        }
    }

    static int count(ByteBuffer image) {
        return image.getInt(COUNT);
    }

    static String readVersion(ByteBuffer image) {
        byte[] text = new byte[VERSION_BYTES];
        image.get(VERSION, text);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException when it does not fit */
    static byte[] version(String version) {
        byte[] text = ascii(version);
        if (text.length == 0 || text.length >= VERSION_BYTES) {
            throw new IllegalArgumentException(
                    "version '" + version + "' has not 1 to " + (VERSION_BYTES - 1) + " characters");
        }
        return Arrays.copyOf(text, VERSION_BYTES);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean startsWith(ByteBuffer image, String magic) {
        byte[] start = new byte[magic.length()];
        image.get(0, start);
        return Arrays.equals(start, ascii(magic));
    }

    static byte[] md5(byte[] bytes) {
        return md5().digest(bytes);
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** MD5 over header and table with signature, digest and randseq zero, each byte plus 0, 19, 38, ... */
    static byte[] randseq(byte[] headers) {
        byte[] copy = headers.clone();
        Arrays.fill(copy, SIGNATURE, HEADER_LENGTH, (byte) 0);
        for (int i = 0; i < copy.length; i++) {
            copy[i] += (byte) (i * 19);
        }
        return md5(copy);
    }

    /** MD5 over header and table with signature and digest zero and randseq in its place. */
    static byte[] digest(byte[] headers) {
        byte[] copy = headers.clone();
        Arrays.fill(copy, SIGNATURE, RANDSEQ, (byte) 0);
        return md5(copy);
    }

    /** Fills randseq and digest of the first {@code length} bytes. */
    static void seal(ByteBuffer image, int length) {
        byte[] headers = new byte[length];
        image.get(0, headers);
        image.put(RANDSEQ, randseq(headers));
        image.get(0, headers);
        image.put(DIGEST, digest(headers));
    }
}
