package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import java.util.Optional;

/** Devices of which one change is written and then, before its unit of work ends, the lights go out. */
final class FailingDevices implements DeviceRepository {
    private final DeviceRepository real;
    private int left;

    /** @param change which change fails, from 1 */
    FailingDevices(DeviceRepository real, int change) {
        this.real = real;
        this.left = change;
    }

    @Override
    public Device change(MacAddress mac, Change change) {
        Device after = real.change(mac, change);
        left--;
        if (left == 0) {
            throw new IllegalStateException("power cut");
        }
        return after;
    }

    @Override
    public Optional<Device> findByMac(MacAddress mac) {
        return real.findByMac(mac);
    }

    @Override
    public Optional<Device> findByDirectory(String directory) {
        return real.findByDirectory(directory);
    }

    @Override
    public void delete(MacAddress mac) {
        real.delete(mac);
    }
}
