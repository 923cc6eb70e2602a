package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All layers of a site, as they were read at one time. Immutable; any thread may ask. */
public final class Layers {
    private final OfHub hub;
    private final Map<LayerKind, Map<String, Layer>> site;
    private final Map<Whom, LayerStack> stacks = new ConcurrentHashMap<>();

    /** @param site by kind and name, e.g. {@code PLAN} and {@code office}; base layers in the order in which they are laid */
    public Layers(OfHub hub, Map<LayerKind, Map<String, Layer>> site) {
        this.hub = hub;
        this.site = Map.copyOf(site);
    }

    /**
     * The layers that the hub itself is built on.
     *
     * @param bootstrap for a device that has not shown who it is
     * @param unclaimed over it, for one that nobody has named
     * @param key       what hands over the key
     * @param line      what the order of a line becomes
     * @param secured   the top of every sealed profile
     * @param wipe      what sends a device home that is no longer the provider's
     */
    public record OfHub(Layer bootstrap, Layer unclaimed, Layer key, Layer line, Layer secured, Layer wipe) {
        /** Parameters that no layer of a site may set: what {@code secured} says, and what its rule counts on. */
        public Set<String> reserved(DeviceModels models) {
            return reservedBy(secured, models);
        }
    }

    /** What devices share whose layers are the same. */
    private record Whom(
            String model, @Nullable String tenant, @Nullable String plan) {}

    /** See {@link OfHub#reserved}. */
    public static Set<String> reservedBy(Layer secured, DeviceModels models) {
        Set<String> reserved = new HashSet<>(secured.names());
        reserved.add("GPP_O");
        models.all().stream()
                .flatMap(model -> model.provisionable().stream())
                .forEach(provisioning -> reserved.add(provisioning.keyParameter()));
        return reserved;
    }

    /** Those that the hub itself is built on. */
    public OfHub hub() {
        return hub;
    }

    /** Those of the site by kind and name. */
    public Map<LayerKind, Map<String, Layer>> site() {
        return site;
    }

    /** Whether there is a layer of this kind and name, e.g. a plan that an order names. */
    public boolean has(LayerKind kind, String name) {
        return site.getOrDefault(kind, Map.of()).containsKey(name);
    }

    /** Names of the layers of a kind. */
    public Set<String> names(LayerKind kind) {
        return site.getOrDefault(kind, Map.of()).keySet();
    }

    /** Layers that set a setting to a value, as {@code model/<name>}. */
    public List<String> whoSets(String setting, String value) {
        return site.values().stream()
                .flatMap(layers -> layers.values().stream())
                .filter(layer -> value.equals(layer.settings().get(setting)))
                .map(Layer::origin)
                .sorted()
                .toList();
    }

    /** Whether a device of this model and place gets the same from these layers as from others, for all that they can know. */
    public boolean sameAs(Layers other, DeviceModel model, Device.Place place) {
        return stack(model, place)
                .fingerprint()
                .equals(other.stack(model, place).fingerprint());
    }

    /** How long devices of this model and place wait between two polls; empty when they are not expected to poll here. */
    public Optional<Duration> resyncPeriod(DeviceModel model, Device.Place place) {
        return ResyncPeriod.of(stack(model, place));
    }

    /** What is in force for devices of this model and place. */
    LayerStack stack(DeviceModel model, Device.Place place) {
        return stacks.computeIfAbsent(
                new Whom(model.name(), place.tenant(), place.plan()),
                whom -> LayerStack.of(model, inForce(model, whom), hub.line(), hub.secured()));
    }

    /** Base, family, model, tenant and plan, in the order in which they are laid over each other. */
    private List<Layer> inForce(DeviceModel model, Whom whom) {
        List<Layer> layers =
                new ArrayList<>(site.getOrDefault(LayerKind.BASE, Map.of()).values());
        Stream.of(model.family(), model.name()).distinct().forEach(name -> add(LayerKind.MODEL, name, layers));
        add(LayerKind.TENANT, whom.tenant(), layers);
        add(LayerKind.PLAN, whom.plan(), layers);
        return layers;
    }

    private void add(LayerKind kind, @Nullable String name, List<Layer> layers) {
        Layer layer = name == null ? null : site.getOrDefault(kind, Map.of()).get(name);
        if (layer != null) {
            layers.add(layer);
        }
    }
}
