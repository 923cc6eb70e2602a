package dev.provhub.emulator.firmware;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes images that a virtual phone takes: for the demo's catalog and for tests. They hold no program; a real phone would
 * not run them. The same arguments give the same bytes.
 */
public final class FirmwareImages {
    private FirmwareImages() {}

    /**
     * One image file; for {@link ContainerKind#LOADS} use {@link #files}.
     *
     * @param version   as it is to stand in the header, e.g. {@code 7.6.2g}; 1 to 31 ASCII characters
     * @param dataBytes length of the filling, to which the headers add 192 to 392 bytes; 1 or more
     * @throws IllegalArgumentException when version or length are not of that kind
     */
    public static byte[] image(ContainerKind kind, String version, int dataBytes) {
        byte[] data = filling(version, dataBytes);
        return switch (kind) {
            case SECTORS -> SectorImage.make(version, data);
            case MODULES -> ModuleImage.make(version, data);
            case UNDESCRIBED -> data;
            case LOADS -> throw new IllegalArgumentException("a .loads firmware is several files: use files()");
        };
    }

    /**
     * All files of a firmware by name, the one that an Upgrade_Rule names first.
     *
     * @param fileName  e.g. {@code spa50x-30x-7-6-2g.bin}, {@code sip88xx.12-0-7MPP0201-66.loads}
     * @param version   see {@link #image}; for {@link ContainerKind#LOADS} the file name has it
     * @param dataBytes length of the filling of each file
     */
    public static Map<String, byte[]> files(ContainerKind kind, String fileName, String version, int dataBytes) {
        if (kind != ContainerKind.LOADS) {
            return Map.of(fileName, image(kind, version, dataBytes));
        }
        String stem = fileName.endsWith(".loads") ? fileName.substring(0, fileName.length() - 6) : fileName;
        List<String> parts = List.of("kern-" + stem + ".sbn", "rootfs-" + stem + ".sbn");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(fileName, new LoadsFile(parts).toBytes());
        parts.forEach(part -> files.put(part, filling(part, dataBytes)));
        return files;
    }

    private static byte[] filling(String seed, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("filling of " + length + " bytes is too short, at least 1");
        }
        byte[] text = ("virtual firmware " + seed + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] filling = new byte[length];
        for (int i = 0; i < length; i++) {
            filling[i] = text[i % text.length];
        }
        return filling;
    }
}
