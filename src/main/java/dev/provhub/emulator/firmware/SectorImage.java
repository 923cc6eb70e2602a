package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;

/**
 * The SPA30x/50x container: header of 128 bytes, then for each sector 64 bytes of which the phone uses
 * {@code u16 id | u16 flags (bit 0: stored) | u32 length | u32 offset | digest[16]}, then the data. How the digests are
 * made is not known; they are written like those of {@link ModuleImage} and not checked.
 */
final class SectorImage {
    static final String MAGIC = "SkOsMo5 fIrMwArE";
    private static final int HEADER_BYTES = 0x80;
    private static final int ENTRY_BYTES = 0x40;

    private SectorImage() {}

    static byte[] make(String version, byte[] data) {
        int table = HEADER_BYTES + ENTRY_BYTES;
        ByteBuffer image = ByteBuffer.allocate(table + data.length);
        ImageHeader.write(image, MAGIC, HEADER_BYTES, ENTRY_BYTES, version, 1);
        image.putShort(HEADER_BYTES + 2, (short) 1);
        image.putInt(HEADER_BYTES + 4, data.length);
        image.putInt(HEADER_BYTES + 8, table);
        image.put(HEADER_BYTES + 12, ImageHeader.md5(data));
        image.put(table, data);
        ImageHeader.seal(image, table);
        return image.array();
    }

    static String check(byte[] bytes) throws ImageRefusedException {
        ByteBuffer image = ByteBuffer.wrap(bytes);
        ImageHeader.check(image, MAGIC, HEADER_BYTES, ENTRY_BYTES);
        for (int i = 0; i < ImageHeader.count(image); i++) {
            int entry = HEADER_BYTES + i * ENTRY_BYTES;
            long length = Integer.toUnsignedLong(image.getInt(entry + 4));
            long offset = Integer.toUnsignedLong(image.getInt(entry + 8));
            if (offset < HEADER_BYTES || offset + length > bytes.length) {
                throw new ImageRefusedException("sector " + i + " lies outside of the file");
            }
        }
        return ImageHeader.readVersion(image);
    }
}
