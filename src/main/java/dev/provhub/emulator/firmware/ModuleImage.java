package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The SPA1xx/232D container: header of 136 bytes, all module headers, then each module header again with its data.
 *
 * <pre>
 * module header, 128 bytes: 0[4] | "RSFw" | type | instance | 0[2] | u32 128 | 0x10 MD5(data) | 0x20 u32 data length
 *                           | u32 unused | 0x28 version[32] | 0[52] | 0x7c u32 sum of the bytes before
 * </pre>
 */
final class ModuleImage {
    static final String MAGIC = "PAYTOND FiRmWaRe";
    private static final int HEADER_BYTES = 136;
    private static final int MODULE_BYTES = 128;
    private static final int FLASH_TYPE = 0x80;
    private static final int SUM = 0x7c;
    /** The module that holds kernel and file system. */
    private static final byte SYSTEM = 9;

    private ModuleImage() {}

    static byte[] make(String version, byte[] data) {
        int table = HEADER_BYTES + MODULE_BYTES;
        ByteBuffer image = ByteBuffer.allocate(table + MODULE_BYTES + data.length);
        ImageHeader.write(image, MAGIC, HEADER_BYTES, MODULE_BYTES, version, 1);
        image.putInt(FLASH_TYPE, 0x137a80);
        image.putInt(FLASH_TYPE + 4, 0x1eaea3a);
        byte[] module = moduleHeader(version, data);
        image.put(HEADER_BYTES, module);
        image.put(table, module);
        image.put(table + MODULE_BYTES, data);
        ImageHeader.seal(image, table);
        return image.array();
    }

    private static byte[] moduleHeader(String version, byte[] data) {
        ByteBuffer module = ByteBuffer.allocate(MODULE_BYTES);
        module.put(4, ImageHeader.ascii("RSFw"));
        module.put(8, SYSTEM);
        module.putInt(0x0c, MODULE_BYTES);
        module.put(0x10, ImageHeader.md5(data));
        module.putInt(0x20, data.length);
        module.put(0x28, ImageHeader.version(version));
        module.putInt(SUM, sum(module.array()));
        return module.array();
    }

    private static int sum(byte[] module) {
        int sum = 0;
        for (int i = 0; i < SUM; i++) {
            sum += Byte.toUnsignedInt(module[i]);
        }
        return sum;
    }

    static String check(byte[] bytes) throws ImageRefusedException {
        ByteBuffer image = ByteBuffer.wrap(bytes);
        ImageHeader.check(image, MAGIC, HEADER_BYTES, MODULE_BYTES);
        int table = HEADER_BYTES + MODULE_BYTES * ImageHeader.count(image);
        byte[] headers = Arrays.copyOf(bytes, table);
        if (!Arrays.equals(ImageHeader.digest(headers), part(bytes, ImageHeader.DIGEST, 16))) {
            throw new ImageRefusedException("digest of the headers is wrong");
        }
        int at = table;
        for (int i = 0; i < ImageHeader.count(image); i++) {
            at = module(bytes, at, part(bytes, HEADER_BYTES + i * MODULE_BYTES, MODULE_BYTES), i);
        }
        ImageHeader.expect("end of the last module", bytes.length, at);
        return ImageHeader.readVersion(image);
    }

    /** Checks one module and its data; gives the place behind them. */
    private static int module(byte[] bytes, int at, byte[] header, int number) throws ImageRefusedException {
        ByteBuffer fields = ByteBuffer.wrap(header);
        ImageHeader.expect("sum of module " + number, sum(header), fields.getInt(SUM));
        long end = at + MODULE_BYTES + Integer.toUnsignedLong(fields.getInt(0x20));
        if (end > bytes.length || !Arrays.equals(header, part(bytes, at, MODULE_BYTES))) {
            throw new ImageRefusedException("module " + number + " is not where its header says");
        }
        byte[] data = Arrays.copyOfRange(bytes, at + MODULE_BYTES, (int) end);
        if (!Arrays.equals(ImageHeader.md5(data), Arrays.copyOfRange(header, 0x10, 0x20))) {
            throw new ImageRefusedException("digest of module " + number + " is wrong");
        }
        return (int) end;
    }

    private static byte[] part(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
