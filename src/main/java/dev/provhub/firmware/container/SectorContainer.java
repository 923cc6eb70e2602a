package dev.provhub.firmware.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A header of 128 bytes and a table of sectors. How its digests are made is not known for sure, so they are not checked.
 *
 * <pre>
 * sector, 64 bytes: u16 id | u16 flags (bit 0 set: stored, else zlib) | u32 length | u32 offset in the file | digest[16] | 0…
 * </pre>
 */
final class SectorContainer {
    static final String MAGIC = "SkOsMo5 fIrMwArE";
    private static final int HEADER_BYTES = 0x80;
    private static final int ENTRY_BYTES = 0x40;

    private SectorContainer() {}

    static String version(Path image) throws IOException, ContainerException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
            ContainerHeader header = ContainerHeader.read(file, HEADER_BYTES, ENTRY_BYTES);
            for (int i = 0; i < header.entries(); i++) {
                long length = Integer.toUnsignedLong(header.bytes().getInt(header.entry(i) + 4));
                long offset = Integer.toUnsignedLong(header.bytes().getInt(header.entry(i) + 8));
                if (offset < header.end() || offset + length > file.size()) {
                    throw new ContainerException("sector " + i + " lies from " + offset + " to " + (offset + length)
                            + ", outside of the data from " + header.end() + " to " + file.size());
                }
            }
            return header.version();
        }
    }
}
