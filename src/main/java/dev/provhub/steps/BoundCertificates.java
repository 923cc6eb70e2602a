package dev.provhub.steps;

import dev.provhub.device.CertificateLedger;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.ShownCertificate;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what a certificate says against what is known of its device. A device is bound to the certificate that it shows first:
 * another one is a contradiction, unless the vendor has renewed the first.
 */
public final class BoundCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(BoundCertificates.class);

    private final CertificateLedger ledger;
    private final DeviceModels models;
    private final Clock clock;

    /** Needs which certificate each device has shown. */
    public BoundCertificates(CertificateLedger ledger, DeviceModels models, Clock clock) {
        this.ledger = ledger;
        this.models = models;
        this.clock = clock;
    }

    /** What speaks against a known device's certificate; binds the device to it when nothing does. */
    Optional<String> contradiction(Device device, Identity.ByCertificate certificate) {
        String contradiction = isAnother(device.serial(), certificate.serial())
                ? "the certificate is of serial number " + certificate.serial() + ", the device's is " + device.serial()
                : !signsFor(certificate, device.model())
                        ? "the certificate's CA signs for " + certificate.families() + ", not for a " + device.model()
                        : boundToAnother(device, certificate.shown());
        if (contradiction.isEmpty()) {
            return Optional.empty();
        }
        LOG.warn("Certificate contradicts what is known device={} why={}", certificate.mac(), contradiction);
        return Optional.of(contradiction);
    }

    /** Whether its CA signs for a model, by any of the model's names. */
    boolean signsFor(Identity.ByCertificate certificate, String model) {
        return certificate.families().isEmpty()
                || models.find(model)
                        .filter(known -> certificate.families().contains(known.family()))
                        .isPresent();
    }

    /** Binds a device that has only just become known. */
    void bind(Identity.ByCertificate certificate) {
        ledger.bind(certificate.mac(), certificate.shown(), clock.instant());
    }

    private static boolean isAnother(@Nullable String known, @Nullable String shown) {
        return known != null && shown != null && !known.toUpperCase(Locale.ROOT).equals(shown.toUpperCase(Locale.ROOT));
    }

    private String boundToAnother(Device device, ShownCertificate shown) {
        Optional<ShownCertificate> bound = ledger.of(device.mac());
        if (bound.isPresent() && bound.get().fingerprint().equals(shown.fingerprint())) {
            return "";
        }
        if (bound.isPresent() && !shown.renews(bound.get())) {
            return "another certificate (number " + shown.number() + " of " + shown.issuer()
                    + ") than the one it is bound to (number " + bound.get().number() + " of "
                    + bound.get().issuer() + ")";
        }
        ledger.bind(device.mac(), shown, clock.instant());
        return "";
    }
}
