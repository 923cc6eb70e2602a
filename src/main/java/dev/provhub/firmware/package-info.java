/**
 * The firmware images that the hub offers ({@link dev.provhub.firmware.FirmwareCatalog}, which {@code config} reads), how
 * versions compare, and which images a device must pass on the way to a version.
 */
@NullMarked
package dev.provhub.firmware;

import org.jspecify.annotations.NullMarked;
