package dev.provhub.firmware.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A header of 136 bytes, all module headers, and each module header once more before its data. All digests are checked.
 *
 * <pre>
 * module header, 128 bytes: u32 0 | "RSFw" | u8 type | u8 instance | 0[2] | 0x0c u32 128 | 0x10 MD5(data) | 0x20 u32 length of data
 *                           | u32 unused | 0x28 version[32] | 0[52] | 0x7c u32 sum of the bytes before
 * randseq = MD5 of headers with signature, digest and randseq zero, and to each byte a counter added that grows by 19
 * digest  = MD5 of headers with signature and digest zero
 * </pre>
 */
final class ModuleContainer {
    static final String MAGIC = "PAYTOND FiRmWaRe";
    private static final int HEADER_BYTES = 136;
    private static final int MODULE_BYTES = 128;
    private static final int MODULE_MAGIC = 0x52534677;
    private static final int SUM = 0x7c;
    private static final int COUNTER = 19;

    private ModuleContainer() {}

    static String version(Path image) throws IOException, ContainerException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
            ContainerHeader header = ContainerHeader.read(file, HEADER_BYTES, MODULE_BYTES);
            byte[] headers = header.bytes().array();
            checkHeaders(headers);
            long at = header.end();
            for (int i = 0; i < header.entries(); i++) {
                byte[] module = Arrays.copyOfRange(headers, header.entry(i), header.entry(i) + MODULE_BYTES);
                at = checkModule(file, i, module, at);
            }
            ContainerHeader.expect("end of the last module", file.size(), at);
            return header.version();
        }
    }

    private static void checkHeaders(byte[] headers) throws ContainerException {
        byte[] randseq = Arrays.copyOfRange(headers, ContainerHeader.RANDSEQ, ContainerHeader.AFTER_RANDSEQ);
        // The tool's text begins to count at 19, its code at 0
        if (!Arrays.equals(randseq, randseq(headers, 0)) && !Arrays.equals(randseq, randseq(headers, COUNTER))) {
            throw new ContainerException("the field 'randseq' does not fit the headers: one of them was changed");
        }
        byte[] digested = headers.clone();
        Arrays.fill(digested, ContainerHeader.SIGNATURE, ContainerHeader.RANDSEQ, (byte) 0);
        byte[] digest = Arrays.copyOfRange(headers, ContainerHeader.DIGEST, ContainerHeader.RANDSEQ);
        if (!Arrays.equals(digest, md5().digest(digested))) {
            throw new ContainerException("the digest of the headers is wrong: one of them was changed");
        }
    }

    private static byte[] randseq(byte[] headers, int first) {
        byte[] counted = headers.clone();
        Arrays.fill(counted, ContainerHeader.SIGNATURE, ContainerHeader.AFTER_RANDSEQ, (byte) 0);
        for (int i = 0; i < counted.length; i++) {
            counted[i] += (byte) (first + i * COUNTER);
        }
        return md5().digest(counted);
    }

    /** @return where the next module begins */
    private static long checkModule(FileChannel file, int number, byte[] module, long at)
            throws IOException, ContainerException {
        ByteBuffer fields = ByteBuffer.wrap(module);
        String which = " of module " + number;
        ContainerHeader.expect("mark" + which, MODULE_MAGIC, fields.getInt(4));
        ContainerHeader.expect("header length" + which, MODULE_BYTES, fields.getInt(0x0c));
        ContainerHeader.expect("sum" + which, sum(module), Integer.toUnsignedLong(fields.getInt(SUM)));
        if (!Arrays.equals(module, ContainerHeader.part(file, at, MODULE_BYTES).array())) {
            throw new ContainerException("module " + number + " does not lie at " + at + ", where the table says");
        }
        long length = Integer.toUnsignedLong(fields.getInt(0x20));
        byte[] digest = digest(file, at + MODULE_BYTES, length);
        if (!Arrays.equals(digest, Arrays.copyOfRange(module, 0x10, 0x20))) {
            throw new ContainerException("the digest" + which + " is wrong: its data was changed");
        }
        return at + MODULE_BYTES + length;
    }

    private static long sum(byte[] module) {
        long sum = 0;
        for (int i = 0; i < SUM; i++) {
            sum += Byte.toUnsignedInt(module[i]);
        }
        return sum;
    }

    private static byte[] digest(FileChannel file, long offset, long length) throws IOException, ContainerException {
        MessageDigest md5 = md5();
        long left = length;
        while (left > 0) {
            ByteBuffer piece = ContainerHeader.part(file, offset + length - left, (int) Math.min(left, 1 << 16));
            left -= piece.remaining();
            md5.update(piece);
        }
        return md5.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
