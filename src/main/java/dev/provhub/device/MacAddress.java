package dev.provhub.device;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a device: 48 bits as twelve lower-case hex digits.
 *
 * @param hex twelve characters of {@code 0-9a-f}
 */
public record MacAddress(String hex) implements Comparable<MacAddress> {
    private static final Pattern TWELVE_HEX = Pattern.compile("[0-9a-f]{12}");
    private static final String ZERO = "000000000000";
    private static final Pattern NOTATION = Pattern.compile(
            "[0-9a-f]{12}|([0-9a-f]{2}([:-])[0-9a-f]{2}(\\2[0-9a-f]{2}){4})|([0-9a-f]{4}\\.){2}[0-9a-f]{4}");

    /** @throws IllegalArgumentException when it is not twelve lower-case hex digits */
    public MacAddress {
        if (!TWELVE_HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("MAC address '" + hex + "' is not twelve lower-case hex digits");
        }
    }

    /**
     * Reads the notations that are in use: {@code 000E08AABBCC}, {@code 00:0e:08:aa:bb:cc}, {@code 00-0E-08-AA-BB-CC},
     * {@code 000e.08aa.bbcc}; surrounding blanks do not count.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static MacAddress parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not a MAC address: twelve hex digits, alone or grouped with ':', '-' or '.'"));
    }

    /**
     * As {@link #parse}, for a device that is to be known from now on.
     *
     * @throws IllegalArgumentException also when it is all zero or of a group, whose first byte is odd (IEEE 802, clause 8)
     */
    public static MacAddress ofDevice(String text) {
        MacAddress mac = parse(text);
        if (!mac.isOfDevice()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is the MAC address of no single device: it is all zero, or a group's");
        }
        return mac;
    }

    /** Whether a device can have it: it is neither all zero nor of a group. */
    public boolean isOfDevice() {
        return "02468ace".indexOf(hex.charAt(1)) >= 0 && !hex.equals(ZERO);
    }

    /** As {@link #parse}, empty where that would throw. */
    public static Optional<MacAddress> find(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return NOTATION.matcher(lower).matches()
                ? Optional.of(new MacAddress(lower.replaceAll("[:.-]", "")))
                : Optional.empty();
    }

    /** Twelve upper-case hex digits, as in the phones' {@code $MAU}. */
    public String upper() {
        return hex.toUpperCase(Locale.ROOT);
    }

    /** Lower case with colons, as in the phones' {@code $MAC}. */
    public String withColons() {
        return hex.replaceAll("(..)(?!$)", "$1:");
    }

    @Override
    public int compareTo(MacAddress other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
