package dev.provhub;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.Layers;
import dev.provhub.profile.LayersInForce;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.ProfileDifference;
import dev.provhub.profile.ProfileException;
import dev.provhub.profile.ProfileHandover;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Composes for a real device with layers that are not in force. */
record LayerTrial(DeviceRepository devices, DeviceModels models, Function<LayersInForce, ProfileComposer> composers)
        implements LayerEdits.Trial {
    @Override
    public Optional<String> complaint(Layers layers, MacAddress mac) {
        Optional<Device> device = devices.findByMac(mac).map(ProfileHandover::keyedForPreview);
        Optional<DeviceModel> model = device.flatMap(known -> models.named(known.model()));
        if (device.isEmpty() || model.isEmpty() || model.get().notProvisionable() != null) {
            return Optional.empty();
        }
        try {
            compose(layers, device.get(), model.get());
            return Optional.empty();
        } catch (ProfileException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Profile compose(Layers layers, Device device, DeviceModel model) {
        ProfileComposer composer = composers.apply(() -> layers);
        return model.templates() == null ? composer.full(device, model, Set.of()) : composer.templated(device, model);
    }

    /** What differs on one device between some layers and others. */
    List<ProfileDifference> differences(MacAddress mac, Layers before, Layers after) {
        Device device = devices.findByMac(mac)
                .map(ProfileHandover::keyedForPreview)
                .orElseThrow(() -> new IllegalArgumentException("there is no device " + mac));
        DeviceModel model = models.named(device.model())
                .orElseThrow(() -> new IllegalArgumentException("model " + device.model() + " is not in models.yaml"));
        try {
            return ProfileDifference.between(
                    compose(before, device, model).values(),
                    compose(after, device, model).values());
        } catch (ProfileException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }
}
