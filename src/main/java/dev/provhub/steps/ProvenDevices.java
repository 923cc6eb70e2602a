package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device behind a good certificate, and whose it is. One that a claim names becomes its tenant's here and nowhere else, so
 * that nobody can find out by asking who owns what. One that nobody has ordered or claimed is kept as unclaimed, so that an
 * operator sees it.
 */
public final class ProvenDevices {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenDevices.class);

    private final DeviceRepository devices;
    private final DeviceClaims claims;
    private final DeviceModels models;
    private final BoundCertificates bound;
    private final Supplier<String> seeds;

    /** @param seeds gives a new random seed for each device */
    public ProvenDevices(
            DeviceRepository devices,
            DeviceClaims claims,
            DeviceModels models,
            BoundCertificates bound,
            Supplier<String> seeds) {
        this.devices = devices;
        this.claims = claims;
        this.models = models;
        this.bound = bound;
        this.seeds = seeds;
    }

    /** The device, made when it is new; refused when two tenants claim it, or it is new and its model is not known. */
    Proven deviceOf(Identity.ByCertificate certificate) {
        List<DeviceClaims.Kept> found = claims.of(certificate.mac(), certificate.serial());
        Optional<Device> existing = devices.findByMac(certificate.mac());
        Optional<String> conflict = conflict(found, existing.orElse(null));
        if (conflict.isPresent()) {
            LOG.warn(
                    "Device is claimed for two tenants and given nothing device={} {}",
                    certificate.mac(),
                    conflict.get());
            return new Proven.Refused("two tenants claim it: " + conflict.get(), true);
        }
        DeviceClaims.Kept claim = found.isEmpty() ? null : found.get(found.size() - 1);
        if (existing.isPresent()) {
            Optional<String> contradiction = bound.contradiction(existing.get(), certificate);
            if (contradiction.isPresent()) {
                return new Proven.Refused("fault: " + contradiction.get(), true);
            }
            return new Proven.Known(claim == null ? existing.get() : takenBy(claim, existing.get()));
        }
        return Optional.ofNullable(certificate.productNumber())
                .flatMap(models::find)
                .filter(model -> bound.signsFor(certificate, model.name()))
                .<Proven>map(model -> {
                    Device made = devices.change(
                            certificate.mac(), device -> device.orElseGet(() -> made(certificate, model, claim)));
                    bound.bind(certificate);
                    return new Proven.Known(made);
                })
                .orElseGet(() -> Proven.Refused.UNKNOWN_MODEL);
    }

    private static Optional<String> conflict(List<DeviceClaims.Kept> found, @Nullable Device device) {
        Set<String> tenants = new TreeSet<>();
        List<String> said = new ArrayList<>();
        if (device != null && device.claimed() && device.place().tenant() != null) {
            tenants.add(device.place().tenant());
            said.add("the device is of " + device.place().tenant());
        }
        for (DeviceClaims.Kept kept : found) {
            tenants.add(kept.claim().tenant());
            said.add(kept.claim().subject() + " is of " + kept.claim().tenant());
        }
        return tenants.size() > 1 ? Optional.of(String.join(", ", said)) : Optional.empty();
    }

    /** The device, its tenant's from now on; one that left after it was claimed stays away. */
    private Device takenBy(DeviceClaims.Kept claim, Device device) {
        if (withClaim(claim, device).equals(device)) {
            return device;
        }
        Device taken = devices.change(
                device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> withClaim(claim, now)));
        LOG.info(
                "Device claimed device={} tenant={}",
                device.mac(),
                taken.place().tenant());
        return taken;
    }

    private static Device withClaim(DeviceClaims.Kept claim, Device device) {
        Instant left = device.standing().leftAt();
        boolean again = !device.claimed() && (left == null || claim.since().isAfter(left));
        boolean hasNoTenant = device.claimed() && device.place().tenant() == null;
        if (!again && !hasNoTenant) {
            return device;
        }
        return new Device(
                device.mac(),
                device.model(),
                device.serial(),
                true,
                new Device.Place(
                        claim.claim().tenant(),
                        device.place().plan(),
                        device.place().timeZone()),
                device.settings(),
                device.lines(),
                device.standing().left(null).nextRevision());
    }

    private Device made(Identity.ByCertificate certificate, DeviceModel model, DeviceClaims.@Nullable Kept claim) {
        return new Device(
                certificate.mac(),
                model.name(),
                certificate.serial(),
                claim != null,
                claim == null
                        ? Device.Place.DEFAULT
                        : new Device.Place(claim.claim().tenant(), null, null),
                Map.of(),
                List.of(),
                Device.Standing.first(seeds.get()));
    }
}
