package dev.provhub.device;

import java.util.List;

/** Counts claimed devices by what they share. Thread-safe. */
public interface DeviceGroups {
    /** All groups that have devices, in order of model, tenant and plan. */
    List<DeviceGroup> claimed();

    /** The first devices of a group, in order of their names. */
    List<MacAddress> members(DeviceGroup group, int limit);
}
