package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import org.jspecify.annotations.Nullable;

/** What a client certificate is worth. */
public sealed interface CertificateEvidence {
    /**
     * It is good: this device holds it.
     *
     * @param mac               from the subject
     * @param serial            of the device; null when the subject has none
     * @param productNumber     null when the subject has none
     * @param certificateSerial number of the certificate, hex
     */
    record Proof(
            MacAddress mac,
            @Nullable String serial,
            @Nullable String productNumber,
            String certificateSerial) implements CertificateEvidence {}

    /**
     * It counts as none.
     *
     * @param reason in words for an operator
     */
    record Rejected(String reason) implements CertificateEvidence {}
}
