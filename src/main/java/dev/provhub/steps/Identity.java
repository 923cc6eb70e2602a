package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import org.jspecify.annotations.Nullable;

/** Who asks, and how that is known. Only the first two are proof. */
sealed interface Identity {
    /**
     * A device certificate that was judged good, its key proven by the handshake.
     *
     * @param serial        null when the certificate has none
     * @param productNumber null when the certificate has none
     */
    record ByCertificate(
            MacAddress mac,
            @Nullable String serial,
            @Nullable String productNumber) implements Identity {}

    /** The device's own unguessable directory. */
    record ByDirectory(Device device) implements Identity {}

    /**
     * No proof.
     *
     * @param why in words for an operator: no certificate, or why the certificate is not taken
     */
    record Nobody(String why) implements Identity {}
}
