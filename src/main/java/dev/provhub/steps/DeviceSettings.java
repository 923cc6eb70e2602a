package dev.provhub.steps;

import dev.provhub.device.Device;
import java.util.Map;

/** A device with other settings of its own. */
final class DeviceSettings {
    private DeviceSettings() {}

    /** The device with these settings, its revision one higher when they differ. */
    static Device of(Device device, Map<String, String> settings) {
        return settings.equals(device.settings())
                ? device
                : new Device(
                        device.mac(),
                        device.model(),
                        device.serial(),
                        device.claimed(),
                        device.place(),
                        settings,
                        device.lines(),
                        device.standing().nextRevision());
    }
}
