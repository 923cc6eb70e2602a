package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rules.ProfileRules;
import dev.provhub.rules.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the profile of a device out of layers: base, family, model, tenant, plan, the device's own, its lines. What it makes
 * follows from what it is given alone. Immutable; any thread may ask. Every method throws {@link ProfileException} when the
 * model cannot be provisioned or a value does not fit.
 */
public final class ProfileComposer {
    private static final int REVISION_DIGITS = 10;

    private final ParameterDictionary dictionary;
    private final Layers layers;
    private final Set<String> reserved;
    private final FirmwareCatalog firmware;
    private final PublicAddresses.ByTenant addresses;
    private final DerivedSecrets secrets;

    /** @param reserved parameters that a device's own layer may not set, see {@link Layers#reservedBy} */
    public ProfileComposer(
            ParameterDictionary dictionary,
            Layers layers,
            Set<String> reserved,
            FirmwareCatalog firmware,
            PublicAddresses.ByTenant addresses,
            DerivedSecrets secrets) {
        this.dictionary = dictionary;
        this.layers = layers;
        this.reserved = Set.copyOf(reserved);
        this.firmware = firmware;
        this.addresses = addresses;
        this.secrets = secrets;
    }

    /** What a device of a model is told before it has shown who it is. */
    public Profile bootstrap(DeviceModel model) {
        return bootstrap(model, null);
    }

    /** As {@link #bootstrap(DeviceModel)}, with the public addresses of a tenant; null for the provider's default. */
    public Profile bootstrap(DeviceModel model, @Nullable String tenant) {
        return new Profile(
                Profile.Kind.BOOTSTRAP, null, bootstrapMerge(model, tenant).values());
    }

    /** The bootstrap for a request that names no model: what every model understands. */
    public Profile genericBootstrap() {
        return genericBootstrap(null);
    }

    /** As {@link #genericBootstrap()}, with the public addresses of a tenant; null for the provider's default. */
    public Profile genericBootstrap(@Nullable String tenant) {
        return new Profile(
                Profile.Kind.BOOTSTRAP, null, bootstrapMerge(null, tenant).values());
    }

    /** What a proven device gets that nobody has claimed: the bootstrap with a slow period. */
    public Profile unclaimed(DeviceModel model) {
        Merge merge = bootstrapMerge(model, null).lay(layers.hub().unclaimed());
        return new Profile(Profile.Kind.UNCLAIMED, null, merge.values());
    }

    private Merge bootstrapMerge(@Nullable DeviceModel model, @Nullable String tenant) {
        PublicAddresses told = addresses.of(tenant);
        Tls tls = model == null ? Tls.MODERN : provisioning(model).tls();
        String home = home(told, tls);
        DeviceFacts facts = new DeviceFacts(null, model, told, secrets)
                .open("home", home)
                .open("rule.bootstrap", ProfileRules.bootstrap(home));
        return new Merge(null, model, facts).lay(layers.hub().bootstrap());
    }

    /**
     * What hands a device its key and directory: the pending pair while a rotation runs, else the pair in force.
     *
     * @throws ProfileException also when the device has no key yet
     */
    public Profile key(Device device, DeviceModel model) {
        Plan plan = plan(device, model);
        return new Profile(
                Profile.Kind.KEY, null, plan.merge().lay(layers.hub().key()).values());
    }

    /**
     * Everything that a device should have.
     *
     * @throws ProfileException also when the device has no key yet
     */
    public Profile full(Device device, DeviceModel model) {
        Plan plan = plan(device, model);
        Merge merge = plan.merge();
        plan.site().forEach(merge::lay);
        merge.lay(plan.own()).lay(layers.hub().line()).lay(layers.hub().secured());
        return new Profile(Profile.Kind.FULL, plan.revision(), merge.values());
    }

    /**
     * What a device brings back once it has applied its profile: {@code <revision of its data>.<10 hex digits>}, the digits
     * a digest of what else the profile is made of (layers, public addresses, model, firmware plan) and of no secret.
     */
    public String revision(Device device, DeviceModel model) {
        return plan(device, model).revision();
    }

    /** What is wrong with a setting or parameter for a device's own layer, empty when nothing is. */
    public Optional<String> complaint(DeviceModel model, String name, String value) {
        try {
            own(Map.of(name, value), model);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Plan plan(Device device, DeviceModel model) {
        List<Layer> site = layers.inForce(model, device.place());
        Layer own;
        try {
            own = own(device.settings(), model);
        } catch (IllegalArgumentException e) {
            throw new ProfileException("device " + device.mac() + ": " + e.getMessage());
        }
        PublicAddresses told = addresses.of(device.place().tenant());
        Map<String, String> settings = new TreeMap<>();
        site.forEach(layer -> settings.putAll(layer.settings()));
        settings.putAll(own.settings());
        String upgradeRule = upgradeRule(device, model, settings, told);
        String revision = device.standing().revision() + "." + digest(site, model, told, upgradeRule);
        DeviceFacts facts = keyedFacts(device, model, told, settings)
                .open("revision", revision)
                .open("rule.upgrade", upgradeRule);
        settings.forEach((name, value) -> facts.open(Placeholders.SETTING + name, value));
        return new Plan(site, own, revision, new Merge(device, model, facts));
    }

    /**
     * What is known before the first value is laid.
     *
     * @param site     base to plan
     * @param own      the device's own layer
     * @param revision see {@link #revision}
     * @param merge    with nothing in it
     */
    private record Plan(List<Layer> site, Layer own, String revision, Merge merge) {}

    private Layer own(Map<String, String> deviceSettings, DeviceModel model) {
        LayerBuilder builder = LayerBuilder.forModels("device", dictionary, List.of(model), reserved);
        new TreeMap<>(deviceSettings).forEach((name, value) -> {
            if (Settings.isKnown(name)) {
                builder.setting(name, value);
            } else {
                builder.value(new LayerValue(name, value, null, LayerValue.Delays.ANY));
            }
        });
        return builder.build();
    }

    private DeviceFacts keyedFacts(
            Device device, DeviceModel model, PublicAddresses told, Map<String, String> settings) {
        Provisioning provisioning = provisioning(model);
        DeviceKey pair = device.standing()
                .keys()
                .toHandOver()
                .orElseThrow(() -> new ProfileException("device " + device.mac() + " has no key yet"));
        String transport = settings.getOrDefault(Settings.PROFILE_TRANSPORT, "http");
        String own = told.plain(transport) + "/p/" + pair.directory() + "/$(P)/$(SWVER)/profile.cfg";
        String home = home(told, provisioning.tls());
        return new DeviceFacts(device, model, told, secrets)
                .open("home", home)
                .open("rule.bootstrap", ProfileRules.bootstrap(home))
                .open("key.parameter", provisioning.keyParameter())
                .secret("own", own)
                .secret("key", pair.key())
                .secret("directory", pair.directory())
                .secret("rule.secured", ProfileRules.secured(model, home, own));
    }

    private static String home(PublicAddresses told, Tls tls) {
        return told.secureFor(tls) + "/b/$(PSN)/$(MA).cfg?sn=$(SN)&sw=$(SWVER)";
    }

    private static Provisioning provisioning(DeviceModel model) {
        return model.provisionable()
                .orElseThrow(() -> new ProfileException(
                        "model " + model.name() + " cannot be provisioned: " + model.notProvisionable()));
    }

    /** Null when there is nothing to upgrade to. */
    private @Nullable String upgradeRule(
            Device device, DeviceModel model, Map<String, String> settings, PublicAddresses told) {
        String family = provisioning(model).firmwareFamily();
        String target = settings.get(Settings.FIRMWARE_VERSION);
        if (family == null || target == null) {
            return null;
        }
        String base = told.plain(settings.getOrDefault(Settings.FIRMWARE_TRANSPORT, "http")) + "/firmware/";
        List<FirmwareImage> path = firmware.path(family, target);
        if (path.stream().allMatch(image -> image.version().isOrdered())) {
            return UpgradeRules.of(path, base, provisioning(model).ruleLimit()).orElse(null);
        }
        // A version outside the grammar cannot stand in a condition: only a device that reports another one is told to
        // go there
        FirmwareImage last = path.get(path.size() - 1);
        String running = device.standing().runningVersion();
        return running == null || last.version().isSameAs(FirmwareVersion.parse(running))
                ? null
                : UpgradeRules.unconditional(base + last.file());
    }

    private String digest(List<Layer> site, DeviceModel model, PublicAddresses told, @Nullable String upgradeRule) {
        List<Layer> all = new ArrayList<>(site);
        all.add(layers.hub().line());
        all.add(layers.hub().secured());
        Fingerprint print = new Fingerprint()
                .add(told.toString())
                .add(model.toString())
                .add(upgradeRule == null ? "" : upgradeRule);
        all.forEach(layer -> print.add(layer.fingerprint()));
        return print.hex().substring(0, REVISION_DIGITS);
    }
}
