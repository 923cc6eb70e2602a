package dev.provhub.device;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says that a device belongs to a tenant, before anybody orders a line of it. Made by its factories.
 *
 * @param kind   what the device is named by
 * @param lowest MAC address as twelve lower-case hex digits, or serial number in upper case
 * @param top    the last MAC address of a range, itself included; else the same as {@code lowest}
 * @param tenant whose it is
 */
public record DeviceClaim(Kind kind, String lowest, String top, String tenant) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern SERIAL = Pattern.compile("[A-Z0-9._-]{1,64}");

    /** What a device is named by. */
    public enum Kind {
        /** One MAC address. */
        MAC,
        /** MAC addresses from one to another. */
        RANGE,
        /** The serial number in its certificate. */
        SERIAL
    }

    /** @throws IllegalArgumentException naming the value and what is allowed */
    public DeviceClaim {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("tenant '" + tenant
                    + "' is not 1 to 63 letters, digits, '.', '_' or '-', a letter or digit in front");
        }
        if (kind == Kind.SERIAL && !SERIAL.matcher(lowest).matches()) {
            throw new IllegalArgumentException(
                    "serial number '" + lowest + "' is not 1 to 64 letters, digits, '.', '_' or '-'");
        }
        if (kind == Kind.RANGE && lowest.compareTo(top) > 0) {
            throw new IllegalArgumentException("the range from " + lowest + " to " + top + " is empty");
        }
    }

    /** One device. */
    public static DeviceClaim ofMac(MacAddress mac, String tenant) {
        return new DeviceClaim(Kind.MAC, mac.hex(), mac.hex(), tenant);
    }

    /** Devices from one MAC address to another, both included. */
    public static DeviceClaim ofRange(MacAddress from, MacAddress to, String tenant) {
        return new DeviceClaim(Kind.RANGE, from.hex(), to.hex(), tenant);
    }

    /** The device whose certificate has this serial number, in upper or lower case. */
    public static DeviceClaim ofSerial(String serial, String tenant) {
        String upper = serial.strip().toUpperCase(Locale.ROOT);
        return new DeviceClaim(Kind.SERIAL, upper, upper, tenant);
    }

    /** What is claimed, in words: {@code mac 000e08aabbcc}, {@code range 000e08000000 to 000e080000ff}, {@code serial X1}. */
    public String subject() {
        String word = kind.name().toLowerCase(Locale.ROOT) + " " + lowest;
        return kind == Kind.RANGE ? word + " to " + top : word;
    }
}
