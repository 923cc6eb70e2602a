package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceState;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.Profile;
import dev.provhub.profile.SpcSource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Step {@code targeting}: profiles that only the addressed device can read, made by the operator's own compiler. Only for devices
 * that are claimed and were never keyed, and only while a window is open.
 */
public final class TargetedKeys {
    private static final int MOST_REMEMBERED = 2000;

    private final ProfileCompiler compiler;
    private final KeyGrants grants;
    private final DeviceRepository devices;
    private final DeviceModels models;
    private final ParameterDictionary dictionary;
    private final Clock clock;
    private final Map<MacAddress, Compiled> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MacAddress, Compiled> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private static final class Compiled {
        private final String source;
        private final byte[] bytes;

        Compiled(String source, byte[] bytes) {
            this.source = source;
            this.bytes = bytes;
        }
    }

    /** Needs the compiler, its windows, and what is to be compiled. */
    public TargetedKeys(
            ProfileCompiler compiler,
            KeyGrants grants,
            DeviceRepository devices,
            DeviceModels models,
            ParameterDictionary dictionary,
            Clock clock) {
        this.compiler = compiler;
        this.grants = grants;
        this.devices = devices;
        this.models = models;
        this.dictionary = dictionary;
        this.clock = clock;
    }

    /** The device that may be given a targeted profile at its next step; nothing is looked up while no window is open. */
    Optional<Device> deviceFor(Asked.NextStep step) {
        MacAddress mac = step.mac();
        if (mac == null || !compiler.isThere() || !grants.isTargetable(mac, clock.instant())) {
            return Optional.empty();
        }
        return devices.findByMac(mac)
                .filter(device -> device.claimed() && device.standing().state() == DeviceState.NEW)
                .filter(device -> models.find(device.model())
                        .filter(model -> model.provisioning() != null && compiler.isFor(model.family()))
                        .isPresent());
    }

    /** From the key profile in the body to what only {@code hubDevice} can read. The same profile is compiled once. */
    public void target(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        DeviceModel model = HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);
        String source = source(exchange);
        synchronized (remembered) {
            Compiled known = remembered.get(device.mac());
            if (known != null && known.source.equals(source)) {
                exchange.getMessage().setBody(known.bytes);
                return;
            }
        }
        byte[] bytes = compiler.target(model.family(), device.mac().hex(), source);
        synchronized (remembered) {
            remembered.put(device.mac(), new Compiled(source, bytes));
        }
        exchange.getMessage().setBody(bytes);
    }

    /** From a profile in the body to what every device of {@code hubModel}'s family can read. For profiles without secrets. */
    public void generic(Exchange exchange) {
        exchange.getMessage().setBody(compiler.generic(family(exchange), source(exchange)));
    }

    /** From a profile in the body to what a device reads whose rule has the key that {@code hubDevice} holds. */
    public void aes(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        String key = device.standing()
                .keys()
                .toHandOver()
                .orElseThrow(() -> new IllegalStateException("device " + device.mac() + " has no key"))
                .key();
        exchange.getMessage().setBody(compiler.aes(family(exchange), key, source(exchange)));
    }

    private static String family(Exchange exchange) {
        return HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class)
                .family();
    }

    private String source(Exchange exchange) {
        Profile profile =
                java.util.Objects.requireNonNull(exchange.getMessage().getBody(Profile.class), "a profile in the body");
        return SpcSource.write(profile.values(), dictionary);
    }
}
