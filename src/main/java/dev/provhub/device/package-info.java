/**
 * Phones and adapters: what one is ({@link dev.provhub.device.Device}, {@link dev.provhub.device.DeviceModel}), what a
 * request of one means ({@code RequestRules}) and who made it ({@code Identity}). Knows no vendor by name: models and
 * request rules are data that {@code config} reads.
 */
@NullMarked
package dev.provhub.device;

import org.jspecify.annotations.NullMarked;
