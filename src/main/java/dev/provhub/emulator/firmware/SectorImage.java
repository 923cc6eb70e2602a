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

    /** Reads one: what lies behind the table is counted only. */
    static final class Reader implements ImageReader {
        private final ImageHead head = new ImageHead(ImageHeader.SHORTEST);
        private boolean tableKnown;

        @Override
        public void accept(ByteBuffer piece) {
            head.take(piece);
            if (!tableKnown && head.isFull()) {
                tableKnown = true;
                head.want(ImageHeader.tableEnd(head.buffer(), HEADER_BYTES, ENTRY_BYTES));
                head.take(piece);
            }
            head.skip(piece);
        }

        @Override
        public String version() throws ImageRefusedException {
            return check(head.buffer(), head.length());
        }
    }

    private static String check(ByteBuffer image, long fileLength) throws ImageRefusedException {
        ImageHeader.check(image, fileLength, MAGIC, HEADER_BYTES, ENTRY_BYTES);
        for (int i = 0; i < ImageHeader.count(image); i++) {
            int entry = HEADER_BYTES + i * ENTRY_BYTES;
            long length = Integer.toUnsignedLong(image.getInt(entry + 4));
            long offset = Integer.toUnsignedLong(image.getInt(entry + 8));
            if (offset < HEADER_BYTES || offset + length > fileLength) {
                throw new ImageRefusedException("sector " + i + " lies outside of the file");
            }
        }
        return ImageHeader.readVersion(image);
    }
}
