package dev.provhub.emulator;

import dev.provhub.emulator.PhoneModel.FirmwareKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a phone looks at before it flashes an image, and the version it then runs (protocol section 6). */
final class FirmwareCheck {

    private static final Pattern DOTTED_NAME =
            Pattern.compile("[A-Za-z0-9-]+?-(\\d+)-(\\d+)-(\\d+)([0-9A-Za-z]*)(?:-([A-Za-z]+))?\\.bin");
    private static final Pattern PREFIXED_NAME = Pattern.compile("[A-Za-z0-9_]+\\.(.+)\\.img");

    private FirmwareCheck() {}

    /** @throws FetchException if the image is not for that kind of phone or is damaged */
    static String version(FirmwareKind kind, String fileName, byte[] image) throws FetchException {
        return switch (kind) {
            case SKOSMO5 ->
                container(
                        image,
                        FirmwareImages.SKOSMO5_MAGIC,
                        FirmwareImages.SKOSMO5_HEADER,
                        FirmwareImages.SKOSMO5_SECTOR);
            case PAYTOND ->
                container(
                        image,
                        FirmwareImages.PAYTOND_MAGIC,
                        FirmwareImages.PAYTOND_HEADER,
                        FirmwareImages.PAYTOND_MODULE);
            case LOADS -> loadsVersion(fileName);
            case BY_NAME -> nameVersion(fileName, image);
        };
    }

    /** The files that a {@code .loads} file names. */
    static List<String> loads(byte[] text) throws FetchException {
        List<String> names = new String(text, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.isEmpty() || !names.stream().allMatch(name -> name.matches("[\\w.-]{1,128}"))) {
            throw FetchException.corruptFile();
        }
        return names;
    }

    private static String container(byte[] image, byte[] magic, int header, int part) throws FetchException {
        if (image.length < header || !Arrays.equals(image, 0, magic.length, magic, 0, magic.length)) {
            throw new FetchException("not an image of this model");
        }
        ByteBuffer bytes = ByteBuffer.wrap(image);
        if (bytes.getInt(FirmwareImages.HEADER_LENGTH_AT) != header
                || bytes.getInt(FirmwareImages.PART_LENGTH_AT) != part
                || bytes.getInt(FirmwareImages.FILE_SIZE_AT) != image.length) {
            throw FetchException.corruptFile();
        }
        String version = new String(
                        image, FirmwareImages.VERSION_AT, FirmwareImages.VERSION_BYTES, StandardCharsets.US_ASCII)
                .replaceFirst("\\x00[\\s\\S]*$", "");
        if (version.isBlank()) {
            throw FetchException.corruptFile();
        }
        return version;
    }

    private static String loadsVersion(String fileName) throws FetchException {
        if (!fileName.endsWith(".loads")) {
            throw new FetchException("not an image of this model");
        }
        return fileName.substring(0, fileName.length() - ".loads".length());
    }

    /** {@code spa942-6-1-5a.bin} is 6.1.5a, {@code spa3102-5-1-10-GW.bin} is 5.1.10(GW). */
    private static String nameVersion(String fileName, byte[] image) throws FetchException {
        Matcher dotted = DOTTED_NAME.matcher(fileName);
        Matcher prefixed = PREFIXED_NAME.matcher(fileName);
        if (image.length == 0) {
            throw FetchException.corruptFile();
        } else if (dotted.matches()) {
            String tail = dotted.group(4).isEmpty() && dotted.group(5) != null
                    ? "(" + dotted.group(5) + ")"
                    : dotted.group(4);
            return dotted.group(1) + "." + dotted.group(2) + "." + dotted.group(3) + tail;
        } else if (prefixed.matches()) {
            return prefixed.group(1);
        }
        throw new FetchException("not an image of this model");
    }
}
