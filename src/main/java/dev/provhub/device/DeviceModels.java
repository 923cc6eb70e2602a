package dev.provhub.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The models of {@code config/models.yaml}. Immutable, so that any thread may ask. */
public final class DeviceModels {
    private final Map<String, DeviceModel> byName = new LinkedHashMap<>();
    private final Map<String, DeviceModel> byAnyName = new LinkedHashMap<>();
    private final Map<String, DeviceModel> byNumber = new LinkedHashMap<>();
    private final Map<String, DeviceModel> bySeries = new LinkedHashMap<>();
    private final Map<String, Greeting> greetings;
    private final List<UserAgentPattern> userAgents;

    /**
     * @param models     in the order of the file
     * @param greetings  by the name of the model; models that show nothing may be missing
     * @param userAgents in order, first match wins
     * @throws IllegalArgumentException when two models share a name, product number or series, or a family is called like
     *     one model of several that it has: the message names both
     */
    public DeviceModels(List<DeviceModel> models, Map<String, Greeting> greetings, List<UserAgentPattern> userAgents) {
        this.greetings = Map.copyOf(greetings);
        this.userAgents = List.copyOf(userAgents);
        models.forEach(this::add);
        models.forEach(this::checkFamilyName);
    }

    private void add(DeviceModel model) {
        byName.put(model.name(), model);
        Stream.of(model.name(), model.productNumber(), model.productSeries())
                .filter(name -> !name.isEmpty())
                .forEach(name -> addName(name, model));
        byNumber.put(lower(model.productNumber()), model);
        bySeries.put(lower(model.productSeries()), model);
    }

    private void addName(String name, DeviceModel model) {
        DeviceModel other = byAnyName.putIfAbsent(plain(name), model);
        if (other != null && !other.name().equals(model.name())) {
            throw new IllegalArgumentException(
                    "'" + name + "' names two models, " + other.name() + " and " + model.name());
        }
    }

    /** A layer file is called after a family or a model: it must be plain which. */
    private void checkFamilyName(DeviceModel model) {
        DeviceModel namesake = byName.get(model.family());
        if (namesake != null && !namesake.name().equals(model.name())) {
            throw new IllegalArgumentException("family " + model.family() + " of model " + model.name()
                    + " is called like the model " + namesake.name());
        }
    }

    /** All models, in the order of the file. */
    public List<DeviceModel> all() {
        return List.copyOf(byName.values());
    }

    /** The model of exactly this name, as {@link Device#model()} holds it. */
    public Optional<DeviceModel> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The model that goes by this name, product number or series; case, hyphens, underscores and blanks do not count. */
    public Optional<DeviceModel> find(String anyName) {
        String plain = plain(anyName);
        return plain.isEmpty() ? Optional.empty() : Optional.ofNullable(byAnyName.get(plain));
    }

    /** The model of this {@code $PN}, case ignored. */
    public Optional<DeviceModel> withProductNumber(String number) {
        return number.isEmpty() ? Optional.empty() : Optional.ofNullable(byNumber.get(lower(number)));
    }

    /** The model of this {@code $PSN}, case ignored. */
    public Optional<DeviceModel> withSeries(String series) {
        return series.isEmpty() ? Optional.empty() : Optional.ofNullable(bySeries.get(lower(series)));
    }

    /** Whether a model or a family has this name. */
    public boolean hasModelOrFamily(String name) {
        return byName.containsKey(name)
                || byName.values().stream().anyMatch(model -> model.family().equals(name));
    }

    /** What devices of a model show of themselves before anybody knows them; empty when nothing is known of it. */
    public Optional<Greeting> greeting(DeviceModel model) {
        return Optional.ofNullable(greetings.get(model.name()));
    }

    /** What a User-Agent says of its sender, empty when no pattern fits. Forged by anybody who likes: a hint only. */
    public Optional<UserAgentHint> fromUserAgent(String userAgent) {
        return userAgents.stream()
                .flatMap(pattern -> pattern.read(userAgent, this).stream())
                .findFirst();
    }

    private static String plain(String name) {
        return lower(name).replaceAll("[\\s_-]", "");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
