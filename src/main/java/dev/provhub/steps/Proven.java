package dev.provhub.steps;

import dev.provhub.device.Device;

/** Who is known behind a good certificate. */
sealed interface Proven {
    /** A device, claimed or not. */
    record Known(Device device) implements Proven {}

    /**
     * Nobody that may have anything.
     *
     * @param why in words for an operator
     */
    record Refused(String why) implements Proven {}
}
