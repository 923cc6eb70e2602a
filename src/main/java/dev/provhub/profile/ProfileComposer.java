package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.profile.ParameterDictionary.Named;
import dev.provhub.rules.ProfileRules;
import dev.provhub.rules.UpgradeRules;
import dev.provhub.sealing.KeyingMaterial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the profile of a device out of layers: base, family, model, tenant, plan, the device's own, its lines. What it makes
 * follows from what it is given alone. Immutable; any thread may ask. Every method throws {@link ProfileException} when the
 * model cannot be provisioned or a value does not fit.
 */
public final class ProfileComposer {
    private static final int REVISION_DIGITS = 10;
    private static final String REGISTRATION = "?r=$(REGTMR1)";

    /** Before the name of a device's own value that the dictionary does not know. */
    private static final String EXTRA = "extra:";

    private final ParameterDictionary dictionary;
    private final LayersInForce inForce;
    private final Set<String> reserved;
    private final Supplier<FirmwareCatalog> firmware;
    private final PublicAddresses.ByTenant addresses;
    private final DerivedSecrets secrets;

    /**
     * Makes a composer.
     *
     * @param inForce  the layers that are in force; asked once for each profile
     * @param reserved parameters that a device's own layer may not set, see {@link Layers#reservedBy}
     * @param firmware the images as they are now; asked once for each profile
     */
    public ProfileComposer(
            ParameterDictionary dictionary,
            LayersInForce inForce,
            Set<String> reserved,
            Supplier<FirmwareCatalog> firmware,
            PublicAddresses.ByTenant addresses,
            DerivedSecrets secrets) {
        this.dictionary = dictionary;
        this.inForce = inForce;
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
        return profile(Profile.Kind.BOOTSTRAP, bootstrapMerge(model, tenant));
    }

    /** The bootstrap for a request that names no model: what every model understands. */
    public Profile genericBootstrap() {
        return genericBootstrap(null);
    }

    /** As {@link #genericBootstrap()}, with the public addresses of a tenant; null for the provider's default. */
    public Profile genericBootstrap(@Nullable String tenant) {
        return profile(Profile.Kind.BOOTSTRAP, bootstrapMerge(null, tenant));
    }

    /**
     * What a proven device gets that nobody has claimed: the bootstrap with a slow period.
     *
     * @param mayHold what it may hold from the time when it was claimed, and is taken back
     */
    public Profile unclaimed(Device device, DeviceModel model, Set<String> mayHold) {
        Merge merge = bootstrapMerge(model, device.place().tenant())
                .lay(inForce.get().hub().unclaimed());
        takeAway(mayHold, model, merge);
        return profile(Profile.Kind.UNCLAIMED, merge);
    }

    private Merge bootstrapMerge(@Nullable DeviceModel model, @Nullable String tenant) {
        return new Merge(null, model, homeFacts(null, model, addresses.of(tenant)))
                .lay(inForce.get().hub().bootstrap());
    }

    private DeviceFacts homeFacts(@Nullable Device device, @Nullable DeviceModel model, PublicAddresses told) {
        String home =
                home(told, model == null ? Tls.MODERN : provisioning(model).tls());
        return new DeviceFacts(device, model, told, secrets)
                .open("home", home)
                .open("rule.bootstrap", ProfileRules.bootstrap(home));
    }

    /**
     * What hands a device its key and directory: the pending pair while a rotation runs, else the pair in force.
     *
     * @throws ProfileException also when the device has no key yet
     */
    public Profile key(Device device, DeviceModel model) {
        Layers layers = layers(device);
        return profile(
                Profile.Kind.KEY,
                plan(device, model, layers).merge().lay(layers.hub().key()));
    }

    /**
     * The same in a form of profile that cannot write quotes: with a rule that has no way home.
     *
     * @throws ProfileException also when the device has no key yet
     */
    public Profile firstKey(Device device, DeviceModel model) {
        Profile key = key(device, model);
        DeviceKey pair = device.standing().keys().toHandOver().orElseThrow();
        LayerStack stack = layers(device).stack(model, device.place());
        Map<String, String> settings = settings(stack, device, ownOf(device, model));
        String own = own(
                addresses.of(device.place().tenant()),
                settings.getOrDefault(Settings.PROFILE_TRANSPORT, "http"),
                pair.directory(),
                false);
        String rule = ProfileRules.first(model, own);
        return new Profile(
                key.kind(),
                key.revision(),
                key.values().stream()
                        .map(value -> value.name().equals("Profile_Rule") ? value.withText(rule) : value)
                        .toList(),
                key.notes());
    }

    /**
     * Everything that a device should have.
     *
     * @param mayHold what it may hold because of us; what of it is no longer set is written with its default
     * @throws ProfileException also when the device has no key yet
     */
    public Profile full(Device device, DeviceModel model, Set<String> mayHold) {
        Plan plan = plan(device, model, layers(device));
        LayerStack stack = plan.stack();
        Merge merge = plan.merge().lay(stack.site()).lay(plan.own()).lay(stack.line());
        merge.lay(stack.secured());
        takeAway(mayHold, model, merge);
        List<ProfileNote> notes = new ArrayList<>(stack.notes());
        notes.addAll(merge.notes());
        return new Profile(Profile.Kind.FULL, plan.revision(), merge.values(), notes);
    }

    /** The values that layers and the device's own settings give for a template; nothing of the hub's own is among them. */
    public Profile templated(Device device, DeviceModel model) {
        LayerStack stack = layers(device).stack(model, device.place());
        PublicAddresses told = addresses.of(device.place().tenant());
        DeviceFacts facts = new DeviceFacts(device, model, told, secrets);
        stack.settings().forEach((name, value) -> facts.open(Placeholders.SETTING + name, value));
        Merge merge = new Merge(device, model, facts)
                .lay(stack.site())
                .lay(ownOf(device, model).entries());
        return new Profile(Profile.Kind.TEMPLATE, null, merge.values(), stack.notes());
    }

    /**
     * What takes everything back from a device that is the provider's no more, and sends it home.
     *
     * @param mayHold what it may hold because of us
     */
    public Profile wipe(Device device, DeviceModel model, Set<String> mayHold) {
        Merge merge = new Merge(
                device,
                model,
                homeFacts(device, model, addresses.of(device.place().tenant())));
        takeAway(mayHold, model, merge);
        return profile(Profile.Kind.WIPE, merge.lay(inForce.get().hub().wipe()));
    }

    /** Credentials become empty, everything else what it was from the factory. */
    private void takeAway(Set<String> mayHold, DeviceModel model, Merge merge) {
        for (String name : new TreeSet<>(mayHold)) {
            Optional<Parameter> parameter = dictionary.find(name).map(Named::parameter);
            boolean isOfModel = parameter.isEmpty() || parameter.get().holdsFor(model.parameterGroup());
            if (isOfModel && !merge.byName().containsKey(name)) {
                String text = parameter
                        .filter(known -> !known.secret())
                        .flatMap(known -> known.defaultFor(model.parameterGroup()))
                        .orElse("");
                merge.put(new ProfileValue(name, text, null, Origin.TAKEN_AWAY, false, List.of()));
            }
        }
    }

    private static Profile profile(Profile.Kind kind, Merge merge) {
        return new Profile(kind, null, merge.values(), merge.notes());
    }

    /**
     * What a device brings back once it has applied its profile: {@code <revision of its data>.<10 hex digits>}, the digits
     * a digest of what else the profile is made of (layers, public addresses, model, firmware plan) and of no secret.
     */
    public String revision(Device device, DeviceModel model) {
        return plan(device, model, layers(device)).revision();
    }

    /**
     * What the second half of {@link #revision} is for devices of a model and place.
     *
     * @param own     those of their own settings that say how they are served
     * @param running the firmware version that they run; null when unknown
     * @param rolled  what rollouts have given them
     * @return empty when such a device is given no profile
     */
    public Optional<String> digest(
            DeviceModel model,
            Device.Place place,
            Map<String, String> own,
            @Nullable String running,
            Device.Rolled rolled) {
        if (model.provisionable().isEmpty()) {
            return Optional.empty();
        }
        Layers layers = inForce.of(rolled.layers());
        LayerStack stack = layers.stack(model, place);
        PublicAddresses told = addresses.of(place.tenant());
        Map<String, String> settings = settings(stack, rolled, own);
        try {
            boolean sealedByGcm = isSealedByGcm(running, model, settings, layers.hub());
            String upgradeRule = upgradeRule(running, model, settings, told, rolled.down());
            return Optional.of(digest(stack, model, told, upgradeRule, sealedByGcm, rolled));
        } catch (ProfileException e) {
            return Optional.empty();
        }
    }

    /** Whether the value of a device's own setting is never shown; so is one of which nothing is known. */
    public boolean isSecretSetting(String name) {
        return !Settings.isKnown(name)
                && dictionary
                        .find(name)
                        .map(known -> known.parameter().secret())
                        .orElse(true);
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

    private Plan plan(Device device, DeviceModel model, Layers layers) {
        LayerStack stack = layers.stack(model, device.place());
        Layer own = ownOf(device, model);
        PublicAddresses told = addresses.of(device.place().tenant());
        Map<String, String> settings = settings(stack, device, own);
        String running = device.standing().runningVersion();
        String upgradeRule = upgradeRule(
                running, model, settings, told, device.standing().rolled().down());
        boolean sealedByGcm = isSealedByGcm(running, model, settings, layers.hub());
        String revision = device.standing().revision() + "."
                + digest(
                        stack,
                        model,
                        told,
                        upgradeRule,
                        sealedByGcm,
                        device.standing().rolled());
        DeviceFacts facts = keyedFacts(device, model, told, settings, sealedByGcm)
                .open("revision", revision)
                .open("rule.upgrade", upgradeRule);
        settings.forEach((name, value) -> facts.open(Placeholders.SETTING + name, value));
        return new Plan(stack, own.entries(), revision, new Merge(device, model, facts));
    }

    private Layers layers(Device device) {
        return inForce.of(device.standing().rolled().layers());
    }

    private static Map<String, String> settings(LayerStack stack, Device device, Layer own) {
        return settings(stack, device.standing().rolled(), own.settings());
    }

    /** A rollout stands above layers and below what somebody has set on the device itself. */
    private static Map<String, String> settings(LayerStack stack, Device.Rolled rolled, Map<String, String> own) {
        Map<String, String> settings = new TreeMap<>(stack.settings());
        if (rolled.version() != null) {
            settings.put(Settings.FIRMWARE_VERSION, rolled.version());
        }
        settings.putAll(own);
        return settings;
    }

    /**
     * What is known before the first value is laid.
     *
     * @param own      the device's own layer
     * @param revision see {@link #revision}
     * @param merge    with nothing in it
     */
    private record Plan(LayerStack stack, List<Layer.Entry> own, String revision, Merge merge) {}

    private Layer ownOf(Device device, DeviceModel model) {
        try {
            return own(device.settings(), model);
        } catch (IllegalArgumentException e) {
            throw new ProfileException("device " + device.mac() + ": " + e.getMessage());
        }
    }

    private Layer own(Map<String, String> deviceSettings, DeviceModel model) {
        LayerBuilder builder = LayerBuilder.forModels("device", dictionary, List.of(model), reserved);
        new TreeMap<>(deviceSettings).forEach((name, value) -> {
            if (Settings.isKnown(name)) {
                builder.setting(name, value);
            } else if (name.startsWith(EXTRA)) {
                builder.extra(LayerValue.of(name.substring(EXTRA.length()), value));
            } else {
                builder.value(LayerValue.of(name, value));
            }
        });
        return builder.build();
    }

    private DeviceFacts keyedFacts(
            Device device, DeviceModel model, PublicAddresses told, Map<String, String> settings, boolean sealedByGcm) {
        Provisioning provisioning = provisioning(model);
        DeviceKey pair = device.standing()
                .keys()
                .toHandOver()
                .orElseThrow(() -> new ProfileException("device " + device.mac() + " has no key yet"));
        String transport = settings.getOrDefault(Settings.PROFILE_TRANSPORT, "http");
        String own = own(told, transport, pair.directory(), sealedByGcm)
                + (tellsRegistration(device.standing().rolled(), provisioning, transport) ? REGISTRATION : "");
        String home = home(told, provisioning.tls());
        return homeFacts(device, model, told)
                .open("key.parameter", provisioning.keyParameter())
                .secret("own", own)
                .secret("key", pair.key())
                .secret(
                        "rule.report",
                        reportRule(
                                model,
                                told,
                                settings,
                                pair.directory(),
                                device.standing().rolled()))
                .secret("directory", pair.directory())
                .secret(Placeholders.MATERIAL, sealedByGcm ? KeyingMaterial.of(pair.key()) : null)
                .secret(
                        "rule.secured",
                        sealedByGcm
                                ? ProfileRules.securedWithoutKey(model, home, own)
                                : ProfileRules.secured(model, home, own));
    }

    /**
     * Whether a device is told to ask for what RFC 8188 seals: never a model that has no parameter for what opens it, and not before
     * the device has shown firmware that reads it.
     *
     * @throws ProfileException when the layers are from before: they would take the key out of the rule and put nothing in its
     *     place
     */
    private static boolean isSealedByGcm(
            @Nullable String running, DeviceModel model, Map<String, String> settings, Layers.OfHub hub) {
        if (!provisioning(model).rfc8188() || !Settings.AES128GCM.equals(settings.get(Settings.PROFILE_SEALING))) {
            return false;
        }
        if (!hub.key().uses(Placeholders.MATERIAL, null) || !hub.secured().uses(Placeholders.MATERIAL, null)) {
            throw new ProfileException(
                    "profileSealing aes128gcm needs layers/key.yaml and layers/secured.yaml to set a parameter to ${"
                            + Placeholders.MATERIAL + "}");
        }
        if (!hub.key().uses(Placeholders.MATERIAL, model) || !hub.secured().uses(Placeholders.MATERIAL, model)) {
            return false;
        }
        if (!settings.getOrDefault(Settings.PROFILE_TRANSPORT, "http").equals("http")) {
            throw new ProfileException(
                    "profileSealing aes128gcm needs profileTransport http: nothing else says how a body is sealed");
        }
        return reads8188(provisioning(model).rfc8188From(), running);
    }

    private static boolean reads8188(@Nullable String from, @Nullable String running) {
        return from == null
                || (running != null && FirmwareVersion.parse(running).isOfReleaseOrAbove(from));
    }

    /** An ordinary server knows no macros: there one file is all. */
    private static String own(PublicAddresses told, String transport, String directory, boolean sealedByGcm) {
        if (!transport.equals(Settings.PUBLISHED)) {
            return told.plain(transport) + "/p/" + directory + "/$(P)/$(SWVER)/profile."
                    + (sealedByGcm ? "gcm" : "cfg");
        }
        if (told.published() == null) {
            throw new ProfileException("profileTransport is published, but hub.publish.url is not set");
        }
        return told.published() + "/" + directory + ".cfg";
    }

    /** Null where the device is told to ask an ordinary server, which takes nothing. */
    private static @Nullable String reportRule(
            DeviceModel model,
            PublicAddresses told,
            Map<String, String> settings,
            String directory,
            Device.Rolled rolled) {
        String transport = settings.getOrDefault(Settings.PROFILE_TRANSPORT, "http");
        if (transport.equals(Settings.PUBLISHED)) {
            return null;
        }
        String to = told.plain(transport) + "/p/" + directory + "/report";
        boolean tells = rolled.version() != null && !provisioning(model).rfc8188();
        return tells ? ProfileRules.reportOfUpgrade(model, to) : ProfileRules.report(model, to);
    }

    /**
     * Whether a device says with each request whether its first line is registered: while a rollout has given it layers, on models
     * of which it is known that they can, and where a name may have a query behind it.
     */
    private static boolean tellsRegistration(Device.Rolled rolled, Provisioning how, String transport) {
        return rolled.layers() != null && !how.rfc8188() && transport.equals("http");
    }

    /** Whether a device is told to ask for its profile at an ordinary server, to which it is published. */
    public boolean isPublished(Device device, DeviceModel model) {
        Map<String, String> settings =
                new TreeMap<>(layers(device).stack(model, device.place()).settings());
        settings.putAll(ownOf(device, model).settings());
        return Settings.PUBLISHED.equals(settings.get(Settings.PROFILE_TRANSPORT));
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
            @Nullable String running,
            DeviceModel model,
            Map<String, String> settings,
            PublicAddresses told,
            boolean mayGoDown) {
        String family = provisioning(model).firmwareFamily();
        String target = settings.get(Settings.FIRMWARE_VERSION);
        if (family == null || target == null) {
            return null;
        }
        String base = told.plain(settings.getOrDefault(Settings.FIRMWARE_TRANSPORT, "http")) + "/firmware/";
        return UpgradeRules.of(
                        firmware.get(),
                        new UpgradeRules.Target(family, target, mayGoDown),
                        running,
                        base,
                        provisioning(model).ruleLimit())
                .orElse(null);
    }

    private static String digest(
            LayerStack stack,
            DeviceModel model,
            PublicAddresses told,
            @Nullable String upgradeRule,
            boolean sealedByGcm,
            Device.Rolled rolled) {
        Provisioning how = provisioning(model);
        Fingerprint made = new Fingerprint()
                .add(told.toString())
                .add(model.name())
                .add(how.tls().name())
                .add(how.keyParameter())
                .add(String.valueOf(how.retryLists()))
                .add(String.valueOf(how.rfc8188()))
                .add(upgradeRule == null ? "" : upgradeRule)
                .add(stack.fingerprint());
        if (!how.rfc8188() && (rolled.version() != null || rolled.layers() != null)) {
            made.add("rolled " + (rolled.version() != null) + " " + (rolled.layers() != null));
        }
        // A device that shows other firmware may be sealed for in another way, with no edit of anything
        return (sealedByGcm ? made.add(Settings.AES128GCM) : made).hex().substring(0, REVISION_DIGITS);
    }
}
