package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The device behind a good certificate. One that nobody has ordered is kept as unclaimed, so that an operator sees it. */
public final class ProvenDevices {
    private final DeviceRepository devices;
    private final DeviceModels models;
    private final Supplier<String> seeds;

    /** @param seeds gives a new random seed for each device */
    public ProvenDevices(DeviceRepository devices, DeviceModels models, Supplier<String> seeds) {
        this.devices = devices;
        this.models = models;
        this.seeds = seeds;
    }

    /** The device, made unclaimed when it is new; empty when it is new and its certificate names no model of ours. */
    Optional<Device> deviceOf(Identity.ByCertificate certificate) {
        Optional<Device> known = devices.findByMac(certificate.mac());
        if (known.isPresent() || certificate.productNumber() == null) {
            return known;
        }
        return models.find(certificate.productNumber())
                .map(model -> devices.change(
                        certificate.mac(), existing -> existing.orElseGet(() -> unclaimed(certificate, model))));
    }

    private Device unclaimed(Identity.ByCertificate certificate, DeviceModel model) {
        return new Device(
                certificate.mac(),
                model.name(),
                certificate.serial(),
                false,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(),
                Device.Standing.first(seeds.get()));
    }
}
