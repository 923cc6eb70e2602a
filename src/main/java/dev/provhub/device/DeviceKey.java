package dev.provhub.device;

import java.util.regex.Pattern;

/**
 * A device's symmetric key and the unguessable directory that goes with it; the two are made and rotated together.
 *
 * @param key       256 random bits as 64 lower-case hex digits; the phones take this text itself as the pass phrase
 * @param directory at least 128 random bits in lower-case base32 (26 characters), because paths are matched without case
 */
public record DeviceKey(String key, String directory) {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIRECTORY = Pattern.compile("[a-z2-7]{26,64}");

    /** @throws IllegalArgumentException when one of them is not of its form; the message does not hold the value */
    public DeviceKey {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a device key is 64 lower-case hex digits");
        }
        if (!DIRECTORY.matcher(directory).matches()) {
            throw new IllegalArgumentException("a directory is 26 to 64 characters of lower-case base32");
        }
    }

    /** Says nothing of either: both are secrets. */
    @Override
    public String toString() {
        return "DeviceKey[masked]";
    }
}
