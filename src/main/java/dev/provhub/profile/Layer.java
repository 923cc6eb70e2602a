package dev.provhub.profile;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One source of settings, checked. Made by {@link LayerBuilder}. Immutable. */
public final class Layer {
    private final String origin;
    private final Map<String, String> settings;
    private final List<Entry> entries;
    private final String fingerprint;

    Layer(String origin, Map<String, String> settings, List<Entry> entries) {
        this.origin = origin;
        this.settings = new TreeMap<>(settings);
        this.entries = List.copyOf(entries);
        this.fingerprint = fingerprintOf();
    }

    private String fingerprintOf() {
        Fingerprint print = new Fingerprint().add(origin);
        settings.forEach((name, value) -> print.add(name).add(value));
        for (Entry entry : entries) {
            print.add(entry.name)
                    .add(entry.template.source())
                    .add(String.valueOf(entry.userAccess))
                    .add(entry.delays.name());
        }
        return print.hex();
    }

    /** Where it comes from, e.g. {@code plan/office}. */
    public String origin() {
        return origin;
    }

    /** The names that it sets, as written. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    Map<String, String> settings() {
        return settings;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Changes when anything of the layer does. */
    String fingerprint() {
        return fingerprint;
    }

    /**
     * One value.
     *
     * @param name  as written
     * @param named the parameter; null for {@link LayerValue#KEY_PARAMETER}
     */
    record Entry(
            String name,
            ParameterDictionary.@Nullable Named named,
            Template template,
            @Nullable UserAccess userAccess,
            LayerValue.Delays delays) {
        boolean usesLine() {
            return template.placeholders().anyMatch(placeholder -> placeholder.startsWith(Placeholders.LINE));
        }
    }
}
