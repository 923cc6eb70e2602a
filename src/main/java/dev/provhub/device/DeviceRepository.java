package dev.provhub.device;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where devices are kept. Thread-safe. Each method is one transaction. */
public interface DeviceRepository {
    /** The device of this name. */
    Optional<Device> findByMac(MacAddress mac);

    /** The device that holds this directory, in force or pending. Takes the same time for a known and an unknown one. */
    Optional<Device> findByDirectory(String directory);

    /**
     * Changes one device, or makes it. Two changes of the same device never run at once, also not from two hubs.
     *
     * @param mac    which
     * @param change from the device as it stands, empty when it is not there yet, to what it should be; called inside
     *               the transaction, perhaps more than once; returns what it was given when there is nothing to change
     * @return the device as it then is
     */
    Device change(MacAddress mac, Change change);

    /** Takes a device and its lines away. Nothing happens when it is not there. */
    void delete(MacAddress mac);

    /** See {@link DeviceRepository#change}. */
    @FunctionalInterface
    interface Change {
        /** @param existing as it stands; empty when there is none */
        Device apply(Optional<Device> existing);

        /** A change of what must be there. */
        static Change ofExisting(MacAddress mac, UnaryOperator<Device> change) {
            return existing -> change.apply(
                    existing.orElseThrow(() -> new IllegalStateException("device " + mac + " is not there")));
        }
    }
}
