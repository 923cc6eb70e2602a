package dev.provhub.emulator.firmware;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the version out of a firmware file's name: see {@link FirmwareVersionText}. */
public final class FileNameVersion {
    private static final Pattern DOTTED = Pattern.compile(
            ".*?[-_]([0-9]{1,3})[-.]([0-9]{1,3})[-.]([0-9]{1,3})([A-Za-z0-9]*)(?:[-_]([A-Za-z0-9]+))?\\.[A-Za-z]+");
    private static final Pattern DASHED =
            Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\.([0-9]+-[0-9]+-[0-9A-Za-z]+(?:-[0-9]+)?)\\.[A-Za-z]+");

    private FileNameVersion() {}

    /** The version as the family writes it; empty when the name holds none. */
    public static Optional<String> read(String fileName, FirmwareVersionText text) {
        return text == FirmwareVersionText.TAIL_BARE || text == FirmwareVersionText.TAIL_IN_PARENTHESES
                ? dotted(fileName, text == FirmwareVersionText.TAIL_IN_PARENTHESES)
                : dashed(fileName, text == FirmwareVersionText.DASHED_WITH_PREFIX);
    }

    private static Optional<String> dotted(String fileName, boolean parentheses) {
        Matcher matcher = DOTTED.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String numbers = matcher.group(1) + "." + matcher.group(2) + "." + matcher.group(3);
        String tail = matcher.group(4);
        if (parentheses && tail.isEmpty() && matcher.group(5) != null) {
            tail = matcher.group(5);
        }
        return Optional.of(tail.isEmpty() ? numbers : numbers + (parentheses ? "(" + tail + ")" : tail));
    }

    private static Optional<String> dashed(String fileName, boolean prefix) {
        Matcher matcher = DASHED.matcher(fileName);
        return matcher.matches()
                ? Optional.of(prefix ? matcher.group(1) + "." + matcher.group(2) : matcher.group(2))
                : Optional.empty();
    }
}
