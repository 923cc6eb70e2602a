package dev.provhub.device;

/**
 * Claimed devices that share their layers.
 *
 * @param model   name of their model
 * @param place   their tenant and plan; no time zone
 * @param devices how many there are
 */
public record DeviceGroup(String model, Device.Place place, long devices) {}
