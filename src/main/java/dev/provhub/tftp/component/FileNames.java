package dev.provhub.tftp.component;

import java.util.Arrays;
import java.util.stream.Collectors;

/** File names for the log: long segments may be secrets, and control characters would break lines. */
final class FileNames {
    private static final int LONGEST_SEGMENT = 20;

    private FileNames() {}

    static String forLog(String name) {
        return Arrays.stream(name.split("/", -1))
                .map(segment -> segment.length() > LONGEST_SEGMENT && !segment.contains(".") ? "***" : segment)
                .collect(Collectors.joining("/"))
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]", "?");
    }
}
