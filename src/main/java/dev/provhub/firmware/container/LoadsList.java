package dev.provhub.firmware.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of files that make up one firmware, all in one folder. Its real form is not published: a text with a name on each line is
 * read as that; out of anything else the names are taken that end as such files do.
 */
public final class LoadsList {
    /** Far more than any list was seen to have. */
    private static final int MOST_FILES = 64;

    /** The folder in which the hub says what it has staged lies beside the files. */
    private static final String RECORDS = "staged";

    private static final int MOST_BYTES = 64 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern EMBEDDED =
            Pattern.compile("[A-Za-z0-9_./\\\\-]{1,200}?\\.(?:sbn|zz|bin|img|sgn)(?![A-Za-z0-9._-])");

    private LoadsList() {}

    /**
     * Names of the files, in the order of the list.
     *
     * @throws ContainerException when there are none or too many, or one is more than a name
     */
    public static List<String> read(Path list) throws IOException, ContainerException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(list)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ContainerException("the list is longer than " + MOST_BYTES + " bytes");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Set<String> names = isText(text) ? lines(text) : embedded(text);
        if (names.isEmpty() || names.size() > MOST_FILES) {
            throw new ContainerException("the list has " + names.size() + " files; allowed: 1 to " + MOST_FILES);
        }
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.contains("..")) {
                throw new ContainerException(
                        "the list has a line that is no plain file name of letters, digits, '.', '_', '-'");
            }
            if (name.toLowerCase(Locale.ROOT).endsWith(".yaml") || name.equalsIgnoreCase(RECORDS)) {
                throw new ContainerException("the list has a file in it that is the hub's own, " + name);
            }
            if (name.toLowerCase(Locale.ROOT).endsWith(".loads")) {
                throw new ContainerException("the list has another list in it, " + name);
            }
        }
        return List.copyOf(names);
    }

    private static boolean isText(String text) {
        return text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || (c >= ' ' && c < 0x7f));
    }

    private static Set<String> lines(String text) {
        Set<String> names = new LinkedHashSet<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(names::add);
        return names;
    }

    private static Set<String> embedded(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = EMBEDDED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
