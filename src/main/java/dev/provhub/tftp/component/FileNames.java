package dev.provhub.tftp.component;

import java.util.Arrays;
import java.util.stream.Collectors;

/** File names for the log: long segments may be secrets, and control characters would break lines. */
final class FileNames {
    private static final int LONGEST_SEGMENT = 20;

    private FileNames() {}

    static String forLog(String name) {
        // On the event loop, for each transfer: nearly all names are as they may be
        return isPlain(name) ? name : withoutSecrets(name);
    }

    private static boolean isPlain(String name) {
        int segment = 0;
        boolean dotted = false;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '/';
            if (c == '/') {
                if (segment > LONGEST_SEGMENT && !dotted) {
                    return false;
                }
                segment = 0;
                dotted = false;
            } else if (c < ' ' || c > '~') {
                return false;
            } else {
                segment++;
                dotted |= c == '.';
            }
        }
        return true;
    }

    private static String withoutSecrets(String name) {
        return Arrays.stream(name.split("/", -1))
                .map(segment -> segment.length() > LONGEST_SEGMENT && !segment.contains(".") ? "***" : segment)
                .collect(Collectors.joining("/"))
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]", "?");
    }
}
