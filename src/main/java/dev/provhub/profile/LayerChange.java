package dev.provhub.profile;

import dev.provhub.device.DeviceGroup;
import dev.provhub.device.MacAddress;
import java.util.List;

/**
 * What an edit of layers changes.
 *
 * @param files  paths of the files that differ, below the folder of the layers
 * @param groups claimed devices whose profile it may change, by model, tenant and plan
 * @param sample the first of these devices
 */
public record LayerChange(List<String> files, List<DeviceGroup> groups, List<MacAddress> sample) {
    /** Copies the lists. */
    public LayerChange {
        files = List.copyOf(files);
        groups = List.copyOf(groups);
        sample = List.copyOf(sample);
    }

    /** How many devices it changes. */
    public long devices() {
        return groups.stream().mapToLong(DeviceGroup::devices).sum();
    }
}
