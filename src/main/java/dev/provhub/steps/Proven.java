package dev.provhub.steps;

import dev.provhub.device.Device;

/** Who is known behind a good certificate. */
sealed interface Proven {
    /** A device, claimed or not. */
    record Known(Device device) implements Proven {}

    /**
     * Nobody that may have anything.
     *
     * @param why           in words for an operator
     * @param contradiction whether something speaks against what is known, which somebody should look at
     */
    record Refused(String why, boolean contradiction) implements Proven {
        static final Refused UNKNOWN_MODEL = new Refused("its model is not known", false);
    }
}
