package dev.provhub.profile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a layer may say beside parameters: how the hub serves a device.
 *
 * <ul>
 *   <li>{@code profileTransport}: {@code http} or {@code tftp}, for the device's own profile; {@code published} to have it ask at an
 *       ordinary server (hub.publish.url); {@code http} when nobody says
 *   <li>{@code profileSealing}: {@code openssl} or {@code aes128gcm} (RFC 8188, over HTTP, for models that read it; others are sealed
 *       as ever), for the device's own profile; {@code openssl} when nobody says
 *   <li>{@code firmwareTransport}: the same for firmware
 *   <li>{@code firmwareVersion}: the version that the device should run, as in {@code firmware/catalog.yaml}; none when
 *       nobody says
 * </ul>
 */
final class Settings {
    static final String PROFILE_TRANSPORT = "profileTransport";
    static final String FIRMWARE_TRANSPORT = "firmwareTransport";
    static final String FIRMWARE_VERSION = "firmwareVersion";

    static final String PUBLISHED = "published";
    static final String PROFILE_SEALING = "profileSealing";
    static final String AES128GCM = "aes128gcm";

    private static final Map<String, Known> KNOWN = new TreeMap<>(Map.of(
            PROFILE_TRANSPORT,
                    new Known(value -> isTransport(value) || value.equals(PUBLISHED), "http, tftp or published"),
            PROFILE_SEALING,
                    new Known(value -> value.equals("openssl") || value.equals(AES128GCM), "openssl or aes128gcm"),
            FIRMWARE_TRANSPORT, new Known(Settings::isTransport, "http or tftp"),
            FIRMWARE_VERSION, new Known(value -> !value.isBlank(), "a version of firmware/catalog.yaml")));

    private Settings() {}

    private record Known(Predicate<String> accepts, String allowed) {}

    private static boolean isTransport(String value) {
        return value.equals("http") || value.equals("tftp");
    }

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name);
    }

    static void checkName(String name) {
        if (!isKnown(name)) {
            throw new IllegalArgumentException(
                    "setting '" + name + "' is not known; there are " + String.join(", ", KNOWN.keySet()));
        }
    }

    /** What is wrong with a setting, empty when nothing is. */
    static Optional<String> complaint(String name, String value) {
        Known known = KNOWN.get(name);
        if (known == null) {
            return Optional.of("setting '" + name + "' is not known; there are " + String.join(", ", KNOWN.keySet()));
        }
        return known.accepts.test(value)
                ? Optional.empty()
                : Optional.of("setting " + name + " cannot be '" + value + "': allowed is " + known.allowed);
    }
}
