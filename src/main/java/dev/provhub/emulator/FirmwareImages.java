package dev.provhub.emulator;

import dev.provhub.emulator.PhoneModel.FirmwareKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Makes firmware images that phones take: real headers, invented contents (protocol section 6). */
public final class FirmwareImages {

    static final byte[] SKOSMO5_MAGIC = "SkOsMo5 fIrMwArE".getBytes(StandardCharsets.US_ASCII);
    static final byte[] PAYTOND_MAGIC = "PAYTOND FiRmWaRe".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_LENGTH_AT = 0x50;
    static final int PART_LENGTH_AT = 0x54;
    static final int FILE_SIZE_AT = 0x58;
    static final int VERSION_AT = 0x5C;
    static final int VERSION_BYTES = 32;
    static final int SKOSMO5_HEADER = 128;
    static final int SKOSMO5_SECTOR = 64;
    static final int PAYTOND_HEADER = 136;
    static final int PAYTOND_MODULE = 128;

    private static final int DIGEST_AT = 0x30;
    private static final int RANDSEQ_AT = 0x40;
    private static final int PARTS_AT = 0x7C;

    private FirmwareImages() {}

    /**
     * An image of that kind, the same bytes for the same arguments.
     *
     * @param version the text inside, at most 31 ASCII characters
     * @param sizeBytes of the whole file, at least 512
     * @throws IllegalArgumentException if version or size is out of range
     */
    public static byte[] image(FirmwareKind kind, String version, int sizeBytes) {
        if (version.length() >= VERSION_BYTES || sizeBytes < 512) {
            throw new IllegalArgumentException("Firmware version " + version + " of " + sizeBytes
                    + " bytes: allowed are at most 31 characters and at least 512 bytes");
        }
        return switch (kind) {
            case SKOSMO5 -> skosmo5(version, sizeBytes);
            case PAYTOND -> paytond(version, sizeBytes);
            case LOADS, BY_NAME -> contents(version, sizeBytes);
        };
    }

    /** The text of a {@code .loads} file: one file name per line. */
    public static String loads(List<String> fileNames) {
        return String.join("\n", fileNames) + "\n";
    }

    private static byte[] skosmo5(String version, int size) {
        int dataAt = SKOSMO5_HEADER + SKOSMO5_SECTOR;
        byte[] data = contents(version, size - dataAt);
        ByteBuffer image = header(SKOSMO5_MAGIC, SKOSMO5_HEADER, SKOSMO5_SECTOR, size, version);
        image.putInt(PARTS_AT, 1);
        image.position(SKOSMO5_HEADER);
        image.putShort((short) 1).putShort((short) 1).putInt(data.length).putInt(dataAt);
        image.put(md5(data)).position(dataAt).put(data);
        return signed(image, dataAt);
    }

    private static byte[] paytond(String version, int size) {
        byte[] data = contents(version, size - PAYTOND_HEADER - 2 * PAYTOND_MODULE);
        byte[] module = module(version, data);
        ByteBuffer image = header(PAYTOND_MAGIC, PAYTOND_HEADER, PAYTOND_MODULE, size, version);
        image.putInt(PARTS_AT, 1);
        image.position(PAYTOND_HEADER).put(module).put(module).put(data);
        return signed(image, PAYTOND_HEADER + PAYTOND_MODULE);
    }

    private static byte[] module(String version, byte[] data) {
        byte[] bytes = new byte[PAYTOND_MODULE];
        ByteBuffer module = ByteBuffer.wrap(bytes);
        module.putInt(0).put(ascii("RSFw")).putInt(0).putInt(PAYTOND_MODULE);
        module.put(md5(data)).putInt(data.length).putInt(0).put(ascii(version));
        int sum = 0;
        for (int i = 0; i < PAYTOND_MODULE - 4; i++) {
            sum += bytes[i] & 0xff;
        }
        module.putInt(PAYTOND_MODULE - 4, sum);
        return bytes;
    }

    private static ByteBuffer header(byte[] magic, int header, int part, int size, String version) {
        return ByteBuffer.allocate(size)
                .put(0, magic)
                .putInt(HEADER_LENGTH_AT, header)
                .putInt(PART_LENGTH_AT, part)
                .putInt(FILE_SIZE_AT, size)
                .put(VERSION_AT, ascii(version));
    }

    /** Both sums are over the headers; the first with a counter added, the second with the first in place. */
    private static byte[] signed(ByteBuffer image, int headers) {
        byte[] counted = new byte[headers];
        for (int i = 0; i < headers; i++) {
            counted[i] = (byte) (image.get(i) + i * 19);
        }
        image.put(RANDSEQ_AT, md5(counted));
        byte[] plain = new byte[headers];
        image.get(0, plain);
        byte[] whole = new byte[image.capacity()];
        image.put(DIGEST_AT, md5(plain)).get(0, whole);
        return whole;
    }

    private static byte[] contents(String version, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        byte[] seed = md5(ascii(version));
        byte[] block = ascii("emulated firmware " + version + "\n");
        while (out.size() < size) {
            out.write(block, 0, Math.min(block.length, size - out.size()));
            seed = md5(seed);
            block = seed;
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }
}
