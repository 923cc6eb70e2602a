package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import dev.provhub.device.ShownCertificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client certificate is worth. */
public sealed interface CertificateEvidence {
    /**
     * It is good: this device holds it.
     *
     * @param mac               from the subject
     * @param serial            of the device; null when the subject has none
     * @param productNumber     null when the subject has none
     * @param families          families of models that its CA signs for; empty for all
     * @param shown             the certificate
     */
    record Proof(
            MacAddress mac,
            @Nullable String serial,
            @Nullable String productNumber,
            Set<String> families,
            ShownCertificate shown)
            implements CertificateEvidence {}

    /**
     * It counts as none.
     *
     * @param reason     in words for an operator
     * @param exemptible whether an exception may be made for the unit: the certificate has run out, or says nothing of its own
     */
    record Rejected(String reason, boolean exemptible) implements CertificateEvidence {}
}
