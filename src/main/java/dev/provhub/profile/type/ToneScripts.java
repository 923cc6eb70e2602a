package dev.provhub.profile.type;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of tones and rings: cadence {@code 60(2/4);...}, frequencies {@code 350@-19,440@-19}, and tones, which are
 * frequencies and cadences whose segments say which frequencies sound: {@code 350@-19,440@-19;10(*}{@code /0/1+2)}.
 */
final class ToneScripts {
    static final String CADENCE =
            "seconds(on/off,...) up to 6 pairs, once or twice joined by ;, such as 60(.3/.2,1/.2,.3/4)";
    static final String FREQUENCIES = "up to 6 times Hz@dBm joined by commas, such as 350@-19,440@-19";
    static final String TONE =
            "frequencies;seconds(on/off/which,...), such as 350@-19,440@-19;10(*/0/1+2), with one or two sections";

    private static final int MOST_SEGMENTS = 6;
    private static final int MOST_FREQUENCIES = 6;
    private static final int MOST_SECTIONS = 2;
    private static final String SECONDS = "(?:\\*|\\d{1,5}(?:\\.\\d{0,3})?|\\.\\d{1,3})";
    private static final Pattern SECTION = Pattern.compile(SECONDS + "\\(([^()]*)\\)");
    private static final Pattern PAIR = Pattern.compile(SECONDS + "/" + SECONDS);
    private static final Pattern TRIPLE = Pattern.compile(SECONDS + "/" + SECONDS + "/(\\d(?:\\+\\d)*)");
    private static final Pattern FREQUENCY = Pattern.compile("\\d{1,5}@[+-]?\\d{1,2}(?:\\.\\d)?");

    private ToneScripts() {}

    static @Nullable String cadence(String value) {
        return sections(value.replace(" ", "").split(";", -1), PAIR, 0);
    }

    static @Nullable String frequencies(String value) {
        String[] all = value.replace(" ", "").split(",", -1);
        if (all.length > MOST_FREQUENCIES) {
            return "it has " + all.length + " frequencies";
        }
        for (String one : all) {
            if (!FREQUENCY.matcher(one).matches()) {
                return "'" + one + "' is not Hz@dBm";
            }
        }
        return null;
    }

    /** A tone may also be frequencies alone, as {@code CWT_Frequency} is. */
    static @Nullable String tone(String value) {
        String[] parts = value.replace(" ", "").split(";", -1);
        String wrong = frequencies(parts[0]);
        if (wrong != null) {
            return wrong;
        }
        List<String> rest = new ArrayList<>(List.of(parts));
        rest.remove(0);
        return rest.isEmpty()
                ? "it has no section seconds(on/off/which)"
                : sections(rest.toArray(String[]::new), TRIPLE, parts[0].split(",", -1).length);
    }

    private static @Nullable String sections(String[] sections, Pattern segment, int frequencies) {
        if (sections.length > MOST_SECTIONS) {
            return "it has " + sections.length + " sections";
        }
        for (String section : sections) {
            Matcher matcher = SECTION.matcher(section);
            if (!matcher.matches()) {
                return "'" + section + "' is not seconds(...)";
            }
            String wrong = segments(matcher.group(1).split(",", -1), segment, frequencies);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String segments(String[] segments, Pattern form, int frequencies) {
        if (segments.length > MOST_SEGMENTS) {
            return "it has " + segments.length + " segments in a section";
        }
        for (String segment : segments) {
            Matcher matcher = form.matcher(segment);
            if (!matcher.matches()) {
                return "'" + segment + "' is not " + (frequencies == 0 ? "on/off" : "on/off/which");
            }
            for (String which :
                    frequencies == 0 ? new String[0] : matcher.group(1).split("\\+", -1)) {
                if (Integer.parseInt(which) > frequencies) {
                    return "'" + segment + "' names frequency " + which + " of " + frequencies;
                }
            }
        }
        return null;
    }
}
