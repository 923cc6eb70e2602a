package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.ProfileHandover;
import dev.provhub.sealing.KeyingMaterial;
import dev.provhub.sealing.dataformat.SealingProperties;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code profiles}: composes what a device gets, as a {@link Profile} in the body. */
public final class ProfilesStep {
    private final ProfileComposer composer;
    private final ProfileHandover handover;

    /** Needs who composes, and who remembers what was given. */
    public ProfilesStep(ProfileComposer composer, ProfileHandover handover) {
        this.composer = composer;
        this.handover = handover;
    }

    /**
     * The bootstrap of {@code hubModel}, or of no model in particular, with the addresses of {@code hubTenant}; slow for a proven
     * device that nobody has claimed.
     */
    public void bootstrap(Exchange exchange) {
        Optional<DeviceModel> model = HubExchange.find(exchange, HubExchange.MODEL, DeviceModel.class);
        exchange.getMessage()
                .setBody(model.map(known -> bootstrap(exchange, known))
                        .orElseGet(() -> composer.genericBootstrap(tenant(exchange))));
    }

    /** The key profile of {@code hubDevice}. */
    public void key(Exchange exchange) {
        exchange.getMessage().setBody(composer.key(device(exchange), model(exchange)));
    }

    /** The key profile of {@code hubDevice} as the vendor's compiler can take it. */
    public void firstKey(Exchange exchange) {
        exchange.getMessage().setBody(composer.firstKey(device(exchange), model(exchange)));
    }

    /** The own profile of {@code hubDevice}; says how, with which key and digest it is to be sealed. */
    public void full(Exchange exchange) {
        sealable(exchange, handover.full(device(exchange), model(exchange)));
    }

    /** What takes everything back from {@code hubDevice}; says how, with which key and digest it is to be sealed. */
    public void wipe(Exchange exchange) {
        sealable(exchange, handover.wipe(device(exchange), model(exchange)));
    }

    private Profile bootstrap(Exchange exchange, DeviceModel model) {
        return HubExchange.find(exchange, HubExchange.DEVICE, Device.class)
                .map(device -> handover.unclaimed(device, model))
                .orElseGet(() -> composer.bootstrap(model, tenant(exchange)));
    }

    private static @Nullable String tenant(Exchange exchange) {
        return HubExchange.find(exchange, HubExchange.TENANT, String.class).orElse(null);
    }

    private static void sealable(Exchange exchange, Profile profile) {
        Device device = device(exchange);
        DeviceModel model = model(exchange);
        Provisioning provisioning = model.provisionable()
                .orElseThrow(() -> new IllegalStateException("model " + model.name() + " takes no profile"));
        // A device that asks at its pending directory has made that pair the one in force
        DeviceKey key = device.standing().keys().current();
        if (key == null) {
            throw new IllegalStateException("device " + device.mac() + " has no key");
        }
        exchange.setProperty(HubExchange.GZIP, provisioning.gzip());
        boolean byGcm = exchange.getProperty(HubExchange.ASKED) instanceof Asked.OwnProfile own && own.aes128gcm();
        exchange.setProperty(HubExchange.SEALING, byGcm ? "aes128gcm" : "opensslEnc");
        exchange.setProperty(HubExchange.GIVEN, profile.revision());
        exchange.setProperty(SealingProperties.KEY, byGcm ? KeyingMaterial.of(key.key()) : key.key());
        exchange.setProperty(SealingProperties.DIGEST, provisioning.digest());
        exchange.getMessage().setBody(profile);
    }

    private static Device device(Exchange exchange) {
        return HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
    }

    private static DeviceModel model(Exchange exchange) {
        return HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);
    }
}
