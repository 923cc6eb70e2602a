package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.sealing.dataformat.SealingProperties;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Step {@code profiles}: composes what a device gets, as a {@link Profile} in the body. */
public final class ProfilesStep {
    private final ProfileComposer composer;

    /** Needs the composer. */
    public ProfilesStep(ProfileComposer composer) {
        this.composer = composer;
    }

    /** The bootstrap of {@code hubModel}, or of no model in particular; slow for a proven device that nobody has claimed. */
    public void bootstrap(Exchange exchange) {
        Optional<DeviceModel> model = HubExchange.find(exchange, HubExchange.MODEL, DeviceModel.class);
        Profile profile = model.isEmpty()
                ? composer.genericBootstrap()
                : HubExchange.find(exchange, HubExchange.DEVICE, Device.class).isPresent()
                        ? composer.unclaimed(model.get())
                        : composer.bootstrap(model.get());
        exchange.getMessage().setBody(profile);
    }

    /** The key profile of {@code hubDevice}. */
    public void key(Exchange exchange) {
        exchange.getMessage().setBody(composer.key(device(exchange), model(exchange)));
    }

    /** The own profile of {@code hubDevice}; says with which key and digest it is to be sealed. */
    public void full(Exchange exchange) {
        Device device = device(exchange);
        DeviceModel model = model(exchange);
        Provisioning provisioning = model.provisionable()
                .orElseThrow(() -> new IllegalStateException("model " + model.name() + " takes no profile"));
        DeviceKey key = device.standing()
                .keys()
                .toHandOver()
                .orElseThrow(() -> new IllegalStateException("device " + device.mac() + " has no key"));
        exchange.setProperty(HubExchange.GZIP, provisioning.gzip());
        exchange.setProperty(SealingProperties.KEY, key.key());
        exchange.setProperty(SealingProperties.DIGEST, provisioning.digest());
        exchange.getMessage().setBody(composer.full(device, model));
    }

    private static Device device(Exchange exchange) {
        return HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
    }

    private static DeviceModel model(Exchange exchange) {
        return HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);
    }
}
