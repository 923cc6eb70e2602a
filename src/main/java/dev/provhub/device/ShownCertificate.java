package dev.provhub.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with which a device has proven itself.
 *
 * @param fingerprint SHA-256 of the certificate, 64 lower-case hex digits
 * @param issuer      distinguished name of the CA
 * @param number      of the certificate, lower-case hex
 * @param serial      of the device, as its subject has it; null when it has none
 * @param notBefore   begin of its validity
 * @param notAfter    end of its validity
 */
public record ShownCertificate(
        String fingerprint,
        String issuer,
        String number,
        @Nullable String serial,
        Instant notBefore,
        Instant notAfter) {

    /**
     * Whether this one may take the other's place: the same CA has signed it, for the same unit, and not earlier. A vendor renews
     * certificates that way.
     */
    public boolean renews(ShownCertificate other) {
        return issuer.equals(other.issuer)
                && java.util.Objects.equals(serial, other.serial)
                && !notBefore.isBefore(other.notBefore);
    }
}
