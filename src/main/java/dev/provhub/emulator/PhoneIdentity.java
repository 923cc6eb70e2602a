package dev.provhub.emulator;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who a virtual phone is.
 *
 * @param model           what it is
 * @param mac             twelve lower-case hex digits
 * @param serial          letters and digits, as on its label
 * @param softwareVersion what it runs when it is switched on first, in its family's notation: {@code 7.4.8a},
 *                        {@code 5.1.3}, {@code 11-1-0MPP0401-002}, {@code sip88xx.11-0-0MPP-7}
 */
public record PhoneIdentity(PhoneModel model, String mac, String serial, String softwareVersion) {
    private static final Pattern TWELVE_HEX = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z]{1,32}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z._()-]{1,63}");

    /** @throws IllegalArgumentException naming what is not of its form */
    public PhoneIdentity {
        check("mac", mac, TWELVE_HEX, "twelve lower-case hex digits");
        check("serial", serial, SERIAL, "1 to 32 letters and digits");
        checkVersion(softwareVersion);
    }

    /** @throws IllegalArgumentException when it can be no firmware's */
    public static void checkVersion(String softwareVersion) {
        check("softwareVersion", softwareVersion, VERSION, "1 to 63 letters, digits, dots, hyphens, parentheses");
    }

    private static void check(String name, String value, Pattern pattern, String allowed) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " '" + value + "' is not " + allowed);
        }
    }

    String macUpper() {
        return mac.toUpperCase(Locale.ROOT);
    }

    String macWithColons() {
        return mac.replaceAll("(..)(?!$)", "$1:");
    }
}
