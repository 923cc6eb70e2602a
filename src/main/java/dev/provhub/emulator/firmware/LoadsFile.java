package dev.provhub.emulator.firmware;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The list of files that make up a firmware of the MPP. The real format is not published; this one has a file name on
 * each line, all in the directory of the list itself.
 *
 * @param files names without a path
 */
public record LoadsFile(List<String> files) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_FILES = 64;
    /** More than so many names of so many characters. */
    static final int LARGEST_BYTES = 16 << 10;

    /** Copies the list. */
    public LoadsFile {
        files = List.copyOf(files);
    }

    /** @throws ImageRefusedException when it lists nothing, too much, or something that is no plain file name */
    public static LoadsFile parse(byte[] bytes) throws ImageRefusedException {
        List<String> files = new String(bytes, StandardCharsets.US_ASCII)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw new ImageRefusedException("lists " + files.size() + " files, not 1 to " + MOST_FILES);
        }
        if (!files.stream().allMatch(file -> NAME.matcher(file).matches())) {
            throw new ImageRefusedException("has a line that is no file name");
        }
        return new LoadsFile(files);
    }

    byte[] toBytes() {
        return (String.join("\n", files) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
