package dev.provhub.device;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a device: none before the first keying; one in force after it; during a rotation the pending one beside
 * the one in force, until the device asks at the new directory. The one before stays valid for that time.
 *
 * @param current what the device has shown that it holds, or was given first; null when it was never keyed
 * @param pending what it is to take over; null when no rotation runs
 */
public record DeviceKeys(
        @Nullable DeviceKey current, @Nullable DeviceKey pending) {
    /** Of a device that was never keyed. */
    public static final DeviceKeys NONE = new DeviceKeys(null, null);

    /** @throws IllegalArgumentException when there is a pending pair and none in force */
    public DeviceKeys {
        if (current == null && pending != null) {
            throw new IllegalArgumentException("a pending key needs one in force");
        }
    }

    /** What a key profile hands over: the pending pair while a rotation runs, else the pair in force. */
    public Optional<DeviceKey> toHandOver() {
        return Optional.ofNullable(pending != null ? pending : current);
    }

    /**
     * Begins a rotation; one that runs already goes on with the pair that it has.
     *
     * @throws IllegalStateException when there is no pair in force
     */
    public DeviceKeys rotating(Supplier<DeviceKey> newKeys) {
        if (current == null) {
            throw new IllegalStateException("a device that was never keyed has nothing to rotate");
        }
        return pending != null ? this : new DeviceKeys(current, newKeys.get());
    }

    /** The pair whose directory this is, if it is one of this device's. */
    public Optional<DeviceKey> atDirectory(String directory) {
        if (current != null && current.directory().equals(directory)) {
            return Optional.of(current);
        }
        return pending != null && pending.directory().equals(directory) ? Optional.of(pending) : Optional.empty();
    }
}
