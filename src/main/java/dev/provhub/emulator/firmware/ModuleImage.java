package dev.provhub.emulator.firmware;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    private static final int LENGTH = 0x20;
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
        module.putInt(LENGTH, data.length);
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

    /** Reads one: module headers are kept, of their data the digests. */
    static final class Reader implements ImageReader {
        private final ImageHead head = new ImageHead(ImageHeader.SHORTEST);
        private final List<byte[]> copies = new ArrayList<>();
        private final List<byte[]> digests = new ArrayList<>();
        private final MessageDigest md5 = ImageHeader.md5();
        private boolean tableKnown;
        private int modules;
        private byte[] copy = new byte[MODULE_BYTES];
        private int copied;
        private long dataLeft;

        @Override
        public void accept(ByteBuffer piece) {
            head.take(piece);
            if (!tableKnown && head.isFull()) {
                tableKnown = true;
                modules = ImageHeader.count(head.buffer());
                head.want(ImageHeader.tableEnd(head.buffer(), HEADER_BYTES, MODULE_BYTES));
                head.take(piece);
            }
            while (tableKnown && head.isFull() && piece.hasRemaining() && digests.size() < modules) {
                if (copied < MODULE_BYTES) {
                    header(piece);
                } else {
                    data(piece);
                }
            }
            head.skip(piece);
        }

        private void header(ByteBuffer piece) {
            int now = Math.min(piece.remaining(), MODULE_BYTES - copied);
            piece.get(copy, copied, now);
            copied += now;
            head.count(now);
            if (copied == MODULE_BYTES) {
                dataLeft = Integer.toUnsignedLong(ByteBuffer.wrap(copy).getInt(LENGTH));
                endIfComplete();
            }
        }

        private void data(ByteBuffer piece) {
            int now = (int) Math.min(piece.remaining(), dataLeft);
            md5.update(piece.slice(piece.position(), now));
            piece.position(piece.position() + now);
            dataLeft -= now;
            head.count(now);
            endIfComplete();
        }

        private void endIfComplete() {
            if (dataLeft == 0) {
                copies.add(copy);
                digests.add(md5.digest());
                copy = new byte[MODULE_BYTES];
                copied = 0;
            }
        }

        @Override
        public String version() throws ImageRefusedException {
            ByteBuffer image = head.buffer();
            ImageHeader.check(image, head.length(), MAGIC, HEADER_BYTES, MODULE_BYTES);
            int table = HEADER_BYTES + MODULE_BYTES * ImageHeader.count(image);
            byte[] headers = new byte[table];
            image.get(0, headers, 0, Math.min(table, image.capacity()));
            if (!Arrays.equals(ImageHeader.digest(headers), part(headers, ImageHeader.DIGEST, 16))) {
                throw new ImageRefusedException("digest of the headers is wrong");
            }
            long end = table;
            for (int i = 0; i < ImageHeader.count(image); i++) {
                byte[] header = part(headers, HEADER_BYTES + i * MODULE_BYTES, MODULE_BYTES);
                check(header, i);
                end += MODULE_BYTES
                        + Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(LENGTH));
            }
            ImageHeader.expect("end of the last module", head.length(), end);
            return ImageHeader.readVersion(image);
        }

        private void check(byte[] header, int number) throws ImageRefusedException {
            ImageHeader.expect(
                    "sum of module " + number,
                    sum(header),
                    ByteBuffer.wrap(header).getInt(SUM));
            if (number >= copies.size() || !Arrays.equals(header, copies.get(number))) {
                throw new ImageRefusedException("module " + number + " is not where its header says");
            }
            if (!Arrays.equals(digests.get(number), Arrays.copyOfRange(header, 0x10, 0x20))) {
                throw new ImageRefusedException("digest of module " + number + " is wrong");
            }
        }
    }

    private static byte[] part(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
