package dev.provhub.profile.type;

import java.util.regex.Pattern;

/** Numbers as phones write them. */
final class Numbers {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(\\d{1,10}|0[xX][0-9a-fA-F]{1,8})");
    private static final Pattern HEX = Pattern.compile("[+-]?0[xX].*");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,10}(\\.\\d*)?|\\.\\d+)");

    private Numbers() {}

    /** {@code 104}, {@code +104}, {@code 0x68}; a minus sign makes it negative. */
    static boolean isInteger(String value) {
        return INTEGER.matcher(value).matches();
    }

    /** {@code 1}, {@code 1.5}, {@code .5}. */
    static boolean isDecimal(String value) {
        return DECIMAL.matcher(value).matches();
    }

    /** What a text of one of these forms means. */
    static double valueOf(String value) {
        return HEX.matcher(value).matches() ? Long.decode(value) : Double.parseDouble(value);
    }
}
