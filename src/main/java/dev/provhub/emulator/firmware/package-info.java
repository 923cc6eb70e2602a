/**
 * Firmware as a phone looks at it: {@link dev.provhub.emulator.firmware.ImageCheck} reads the container of section 6 and
 * tells the version or refuses; {@link dev.provhub.emulator.firmware.FirmwareImages} makes images that pass.
 */
@NullMarked
package dev.provhub.emulator.firmware;

import org.jspecify.annotations.NullMarked;
