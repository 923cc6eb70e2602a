package dev.provhub.firmware.staging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions in file names, where hyphens stand for what a version writes otherwise: {@code spa942-6-1-5a.bin} is 6.1.5(a). */
final class NamedVersion {
    static final String HOLE = "{version}";
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[A-Za-z]+");

    private NamedVersion() {}

    /** Whether a name holds a version, whole: {@code 7.6.2} is not in {@code a-7-6-2g.bin}. */
    static boolean isIn(String name, String version) {
        return pattern(version).matcher(stem(name)).find();
    }

    private static Pattern pattern(String version) {
        StringBuilder pattern = new StringBuilder("(?<![A-Za-z0-9])");
        String before = "";
        for (String piece : pieces(version)) {
            boolean bothNumbers = !before.isEmpty() && isNumber(before) && isNumber(piece);
            pattern.append(before.isEmpty() ? "" : bothNumbers ? "[^A-Za-z0-9]+" : "[^A-Za-z0-9]*")
                    .append(Pattern.quote(piece));
            before = piece;
        }
        return Pattern.compile(pattern.append("(?![A-Za-z0-9])").toString(), Pattern.CASE_INSENSITIVE);
    }

    private static List<String> pieces(String version) {
        return PIECE.matcher(version).results().map(MatchResult::group).toList();
    }

    private static boolean isNumber(String piece) {
        return Character.isDigit(piece.charAt(0));
    }

    /** The name without its ending: what follows the last dot and is no number. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.substring(dot + 1).matches("[A-Za-z]+") ? name.substring(0, dot) : name;
    }

    /** What stands in a name for {@code {version}}; empty when the name is not called so. */
    static Optional<String> read(String name, String naming) {
        int hole = naming.indexOf(HOLE);
        Matcher matcher = Pattern.compile(
                        Pattern.quote(naming.substring(0, hole)) + "([A-Za-z0-9][A-Za-z0-9._-]*)"
                                + Pattern.quote(naming.substring(hole + HOLE.length())),
                        Pattern.CASE_INSENSITIVE)
                .matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * A name for a version, as its family calls its images. Brackets are left out, and dots are hyphens where the ending is what follows
     * the only dot.
     */
    static String filled(String naming, String version) {
        String plain = version.replace("(", "-").replace(")", "").replaceAll("[^A-Za-z0-9_-]", "-");
        String tidy = plain.replaceAll("-{2,}", "-").replaceAll("^-|-$", "");
        return naming.replace(HOLE, tidy);
    }

    /** In lower case, as names are compared. */
    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
