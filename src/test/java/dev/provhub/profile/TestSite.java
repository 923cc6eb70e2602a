package dev.provhub.profile;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.firmware.FirmwareCatalog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A composer on the shipped configuration, and devices for it. */
final class TestSite {
    static final PublicAddresses ADDRESSES = new PublicAddresses(
            "tftp://prov.example.net",
            "http://prov.example.net",
            "https://prov.example.net",
            "https://old.example.net:8444",
            "https://api.example.net");
    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    static final String DIRECTORY = "abcdefghijklmnopqrstuvwx23";
    static final String SEED = "a seed that nobody sees";
    static final DerivedSecrets SECRETS = (seed, name) -> "derived-" + name;

    private TestSite() {}

    static ProfileComposer composer() {
        return composer(ShippedConfig.LAYERS, ShippedConfig.FIRMWARE, ADDRESSES);
    }

    static ProfileComposer composer(Layers layers, FirmwareCatalog firmware, PublicAddresses addresses) {
        return new ProfileComposer(
                ShippedConfig.DICTIONARY,
                () -> layers,
                layers.hub().reserved(ShippedConfig.MODELS),
                () -> firmware,
                tenant -> addresses,
                SECRETS);
    }

    static Device device(String model, Line... lines) {
        return device(model, Map.of(), "office", lines);
    }

    static Device device(String model, Map<String, String> settings, @Nullable String plan, Line... lines) {
        return device(model, settings, plan, new DeviceKeys(new DeviceKey(KEY, DIRECTORY), null), null, lines);
    }

    static Device device(
            String model,
            Map<String, String> settings,
            @Nullable String plan,
            DeviceKeys keys,
            @Nullable String running,
            Line... lines) {
        return new Device(
                new MacAddress("000e08abcdef"),
                model,
                "88012BA01234",
                true,
                new Device.Place(null, plan, "Europe/Berlin"),
                settings,
                List.of(lines),
                new Device.Standing(DeviceState.KEYED, 4, null, running, keys, SEED, Device.Given.NOTHING, null));
    }

    static Line first() {
        return new Line(
                1,
                "+4989123456",
                "B\u00fcro <1> & \"Co\"",
                "4989123456",
                "u4711",
                "Tq7-'rosebud'-41",
                "sip.example.net",
                "proxy.example.net:5061",
                "TLS");
    }

    static Line second() {
        return new Line(2, null, null, "4989123457", null, "second-secret", "sip.example.net", null, null);
    }
}
