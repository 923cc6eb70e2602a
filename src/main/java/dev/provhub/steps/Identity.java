package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import dev.provhub.device.ShownCertificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks, and how that is known. Only the last is no proof. */
sealed interface Identity {
    /**
     * A device certificate that was judged good, its key proven by the handshake.
     *
     * @param serial        null when the certificate has none
     * @param productNumber null when the certificate has none
     * @param families      families of models that its CA signs for; empty for all
     * @param shown         the certificate
     */
    record ByCertificate(
            MacAddress mac,
            @Nullable String serial,
            @Nullable String productNumber,
            Set<String> families,
            ShownCertificate shown)
            implements Identity {}

    /**
     * The device's own unguessable directory, which whoever reads plain HTTP on the way sees.
     *
     * @param withCertificate whether its own certificate was proven too
     */
    record ByDirectory(Device device, boolean withCertificate) implements Identity {}

    /**
     * Proof that is good for the key profile and nothing else: a one-time token, an exception, an address range of the operator's.
     *
     * @param how in words for an operator
     */
    record ForKey(Device device, String how) implements Identity {}

    /**
     * No proof.
     *
     * @param why         in words for an operator: no certificate, or why the certificate is not taken
     * @param contradicts whose proof speaks against the rest of the request; null when nothing does
     */
    record Nobody(String why, @Nullable MacAddress contradicts) implements Identity {
        /** Nothing was proven. */
        Nobody(String why) {
            this(why, null);
        }

        /** One thing was proven that speaks against another. */
        static Nobody contradicted(MacAddress proven, String why) {
            return new Nobody(why, proven);
        }
    }
}
