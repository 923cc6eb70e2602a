package dev.provhub.profile;

import dev.provhub.device.DeviceModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One source of settings, checked. Made by {@link LayerBuilder}. Immutable. */
public final class Layer {
    private final String origin;
    private final Map<String, String> settings;
    private final List<Entry> entries;

    Layer(String origin, Map<String, String> settings, List<Entry> entries) {
        this.origin = origin;
        this.settings = new TreeMap<>(settings);
        this.entries = List.copyOf(entries);
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

    /**
     * Whether a placeholder stands in the value of a parameter.
     *
     * @param model only of those that this model has; null for any
     */
    boolean uses(String placeholder, @Nullable DeviceModel model) {
        return entries.stream()
                .filter(entry -> entry.isKnownTo(model))
                .map(Entry::template)
                .filter(Objects::nonNull)
                .flatMap(Template::placeholders)
                .anyMatch(placeholder::equals);
    }

    /**
     * What it says of one parameter.
     *
     * @param name     as written
     * @param named    the parameter; null for {@link LayerValue#KEY_PARAMETER}
     * @param template the value; null to take out what the layers below say
     */
    record Entry(
            String name,
            ParameterDictionary.@Nullable Named named,
            @Nullable Template template,
            @Nullable UserAccess userAccess,
            LayerValue.Delays delays,
            Origin origin) {
        boolean usesLine() {
            return template != null
                    && template.placeholders().anyMatch(placeholder -> placeholder.startsWith(Placeholders.LINE));
        }

        /** Whether whatever lies below it is surely hidden. */
        boolean covers() {
            return template == null || template.isFixed();
        }

        /** Whether models of this kind have the parameter; true when the model is not known. */
        boolean isKnownTo(@Nullable DeviceModel model) {
            return named == null || model == null || named.parameter().holdsFor(model.parameterGroup());
        }

        void addTo(Fingerprint print) {
            print.add(name).add(template == null ? "" : "=" + template.source()).add(String.valueOf(userAccess));
        }
    }
}
