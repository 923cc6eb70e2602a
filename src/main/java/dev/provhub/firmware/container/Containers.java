package dev.provhub.firmware.container;

import dev.provhub.firmware.FirmwareFamily.Container;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/** Tells how a file is packed, by its first bytes; of a list of files, by its name. */
public final class Containers {
    private static final int MAGIC_BYTES = 16;
    private static final String ZIP = "PK\u0003\u0004";
    /** Of an archive without files, which begins with its end. */
    private static final String EMPTY_ZIP = "PK\u0005\u0006";

    private Containers() {}

    /** Whether it is a zip archive. */
    public static boolean isZip(Path file) throws IOException {
        String magic = magic(file);
        return magic.startsWith(ZIP) || magic.startsWith(EMPTY_ZIP);
    }

    /**
     * How a file is packed.
     *
     * @param name by which it goes
     */
    public static Container kind(Path file, String name) throws IOException {
        String magic = magic(file);
        if (magic.equals(SectorContainer.MAGIC)) {
            return Container.SECTORS;
        }
        if (magic.equals(ModuleContainer.MAGIC)) {
            return Container.MODULES;
        }
        return name.toLowerCase(Locale.ROOT).endsWith(".loads") ? Container.LOADS : Container.UNDESCRIBED;
    }

    /**
     * The version that a container says it holds, once all of it has been checked that can be; empty for kinds that say none.
     *
     * @throws ContainerException when it is not whole
     */
    public static Optional<String> version(Path file, Container kind) throws IOException, ContainerException {
        return switch (kind) {
            case SECTORS -> Optional.of(SectorContainer.version(file));
            case MODULES -> Optional.of(ModuleContainer.version(file));
            case LOADS, UNDESCRIBED -> Optional.empty();
        };
    }

    private static String magic(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MAGIC_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // Until it is full or the file ends
            }
        }
        return new String(start.array(), 0, start.position(), StandardCharsets.ISO_8859_1);
    }
}
