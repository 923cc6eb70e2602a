package dev.provhub.pki;

import java.time.Instant;

/**
 * A device or a certificate that is believed no more.
 *
 * @param kind   what is named
 * @param what   MAC address, twelve lower-case hex digits, or number of a certificate, lower-case hex
 * @param reason in words for an operator
 * @param since  when it was revoked
 */
public record Revocation(Kind kind, String what, String reason, Instant since) {
    /** What is named. */
    public enum Kind {
        /** A device. */
        MAC,
        /** One certificate, of whatever device. */
        CERTIFICATE
    }
}
