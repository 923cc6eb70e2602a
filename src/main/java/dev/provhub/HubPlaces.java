package dev.provhub;

import dev.provhub.device.Nearest;
import dev.provhub.device.PlaceNames;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerKind;
import dev.provhub.profile.Layers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The tenants and plans of the layers, and tenants with addresses of their own. */
final class HubPlaces implements PlaceNames {
    /** So many names are told one by one. */
    private static final int TOLD = 12;

    private static final int NEAREST = 5;

    private final Supplier<List<Layers>> layers;
    private final Predicate<String> hasAddresses;

    /**
     * Asks these each time.
     *
     * @param layers       those in force, and those that are on their way
     * @param hasAddresses whether a tenant has addresses of its own
     */
    HubPlaces(Supplier<List<Layers>> layers, Predicate<String> hasAddresses) {
        this.layers = layers;
        this.hasAddresses = hasAddresses;
    }

    /** Of a running hub: the names change with its layers. */
    static HubPlaces of(LayerEdits edits, Predicate<String> hasAddresses) {
        return new HubPlaces(() -> known(edits.state()), hasAddresses);
    }

    /** What runs, and what is rolled out. */
    private static List<Layers> known(LayerEdits.State state) {
        LayerEdits.Rolling rolling = state.rolling();
        Layers inForce = state.inForce().layers();
        return rolling == null
                ? List.of(inForce)
                : List.of(inForce, rolling.edited().layers());
    }

    @Override
    public Optional<String> noSuchTenant(String name) {
        return hasAddresses.test(name) ? Optional.empty() : missing(LayerKind.TENANT, "tenant", name);
    }

    @Override
    public Optional<String> noSuchPlan(String name) {
        return missing(LayerKind.PLAN, "plan", name);
    }

    private Optional<String> missing(LayerKind kind, String word, String name) {
        List<Layers> now = layers.get();
        if (now.stream().anyMatch(each -> each.has(kind, name))) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        now.forEach(each -> names.addAll(each.names(kind)));
        String folder = "the name of a file in layers/" + word;
        if (names.isEmpty()) {
            return Optional.of(folder + ", and there is none");
        }
        if (names.size() <= TOLD) {
            return Optional.of(folder + ": " + String.join(", ", names));
        }
        List<String> near = Nearest.few(name, names, NEAREST);
        return Optional.of(folder + ", of which there are " + names.size()
                + (near.isEmpty() ? "" : "; near it are " + String.join(", ", near)));
    }
}
