package dev.provhub.steps;

import dev.provhub.device.CertificateLedger;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.ShownCertificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device behind a good certificate. One that nobody has ordered is kept as unclaimed, so that an operator sees it. A device is
 * bound to the certificate that it shows first: another one is a contradiction, unless the vendor has renewed the first.
 */
public final class ProvenDevices {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenDevices.class);

    private final DeviceRepository devices;
    private final DeviceModels models;
    private final CertificateLedger ledger;
    private final Supplier<String> seeds;
    private final Clock clock;

    /** @param seeds gives a new random seed for each device */
    public ProvenDevices(
            DeviceRepository devices,
            DeviceModels models,
            CertificateLedger ledger,
            Supplier<String> seeds,
            Clock clock) {
        this.devices = devices;
        this.models = models;
        this.ledger = ledger;
        this.seeds = seeds;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param device        null when it is not known, or contradicted
     * @param contradiction what speaks against it; empty for nothing
     */
    record Found(@Nullable Device device, String contradiction) {}

    /** The device, made unclaimed when it is new; none when it is new and its certificate names no model of ours. */
    Found deviceOf(Identity.ByCertificate certificate) {
        Optional<Device> known = devices.findByMac(certificate.mac());
        if (known.isEmpty()) {
            return new Found(madeOf(certificate), "");
        }
        String contradiction = contradiction(known.get(), certificate);
        if (!contradiction.isEmpty()) {
            LOG.warn("Certificate contradicts what is known device={} why={}", certificate.mac(), contradiction);
            return new Found(null, contradiction);
        }
        return new Found(known.get(), "");
    }

    private @Nullable Device madeOf(Identity.ByCertificate certificate) {
        if (certificate.productNumber() == null) {
            return null;
        }
        return models.find(certificate.productNumber())
                .filter(model -> certificate.families().isEmpty()
                        || certificate.families().contains(model.family()))
                .map(model -> {
                    Device made = devices.change(
                            certificate.mac(),
                            existing -> existing.orElseGet(() -> unclaimed(certificate, model.name())));
                    ledger.bind(certificate.mac(), certificate.shown(), clock.instant());
                    return made;
                })
                .orElse(null);
    }

    private String contradiction(Device device, Identity.ByCertificate certificate) {
        if (isAnother(device.serial(), certificate.serial())) {
            return "the certificate is of serial number " + certificate.serial() + ", the device's is "
                    + device.serial();
        }
        boolean foreign = !certificate.families().isEmpty()
                && models.find(device.model())
                        .filter(model -> certificate.families().contains(model.family()))
                        .isEmpty();
        if (foreign) {
            return "the certificate's CA signs for " + certificate.families() + ", not for a " + device.model();
        }
        return boundToAnother(device, certificate.shown());
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
                    + ") than the one it is bound to" + " (number "
                    + bound.get().number() + " of " + bound.get().issuer() + ")";
        }
        ledger.bind(device.mac(), shown, clock.instant());
        return "";
    }

    private Device unclaimed(Identity.ByCertificate certificate, String model) {
        return new Device(
                certificate.mac(),
                model,
                certificate.serial(),
                false,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(),
                Device.Standing.first(seeds.get()));
    }
}
