package dev.provhub.profile.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small types that one pattern describes. */
final class Texts {
    static final String TEMPLATE =
            "patterns joined by commas: digits and letters, ? for one and * for many, %xx for a character";

    private static final int HIGHEST_PORT = 65535;
    private static final Pattern DOTTED_QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>\\d{1,5}))?");
    private static final Pattern STAR_CODE = Pattern.compile("[0-9*#]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9*#+,. ()xX-]*");
    private static final Pattern NAMED = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern TEMPLATE_FORM = Pattern.compile("([0-9A-Za-z*?#+._!@:-]|%[0-9A-Fa-f]{2}|\\s*,\\s*)*");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._()-]{1,64}");
    private static final Pattern RING = Pattern.compile("\\s*n=[^;]*;\\s*w=[^;]*(;\\s*c=[0-9]{1,2})?;?\\s*");

    private Texts() {}

    static boolean isYesOrNo(String value) {
        return value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("no");
    }

    static boolean isDottedQuad(String value) {
        Matcher matcher = DOTTED_QUAD.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (Integer.parseInt(matcher.group(i)) > 255) {
                return false;
            }
        }
        return true;
    }

    static boolean isHost(String value) {
        Matcher matcher = HOST.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group("port");
        return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
    }

    static boolean isStarCode(String value) {
        return STAR_CODE.matcher(value).matches();
    }

    /** A number as people dial it, or an address such as {@code user@host} or {@code sip:user@host}. */
    static boolean isNumberOrUrl(String value) {
        return NUMBER.matcher(value).matches() || NAMED.matcher(value).matches();
    }

    static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c > ' ' && c != '<' && c != '>' && c != '"');
    }

    static boolean isTemplate(String value) {
        return TEMPLATE_FORM.matcher(value).matches();
    }

    static boolean isVersion(String value) {
        return VERSION.matcher(value).matches();
    }

    static boolean isUrl(String value) {
        return NAMED.matcher(value).matches();
    }

    static boolean isRing(String value) {
        return RING.matcher(value).matches();
    }
}
