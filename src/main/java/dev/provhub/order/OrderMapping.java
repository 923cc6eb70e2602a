package dev.provhub.order;

import dev.provhub.device.PlaceNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a site calls the fields of an order (characteristics, columns), which of them must be there, and what holds where
 * nothing is said. Data: {@code config/order-mapping.yaml}. Case of names does not count.
 */
public final class OrderMapping {
    /** Without these a line cannot be made: each must be required or have a default. */
    public static final Set<OrderField> ESSENTIAL = Set.of(
            OrderField.MAC_ADDRESS,
            OrderField.DEVICE_MODEL,
            OrderField.SIP_USER,
            OrderField.SIP_PASSWORD,
            OrderField.SIP_DOMAIN);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final Map<String, OrderField> fields = new LinkedHashMap<>();
    private final Map<OrderField, FieldUse> uses;
    private final List<SettingUse> settings;
    private final Set<String> settingNames = new HashSet<>();
    private final Set<String> secretSettingNames = new HashSet<>();
    private final Map<String, MessagePath> paths = new LinkedHashMap<>();
    private final Map<OrderField, FieldRule> rules = new EnumMap<>(OrderField.class);
    private final Options options;

    /**
     * What else there is to a mapping.
     *
     * @param unknownNamesAllowed whether an order may name what is not in the mapping; it has no effect then
     * @param items               where a site's own JSON has its items; empty when the whole message is one
     * @param settingCheck        which parameters the phones have
     * @param passwords           makes SIP passwords, where the mapping says so
     * @param places              which tenants and plans there are
     */
    public record Options(
            boolean unknownNamesAllowed,
            Optional<MessagePath> items,
            SettingCheck settingCheck,
            GeneratedPasswords passwords,
            PlaceNames places) {
        /** Where only fields are mapped. */
        public static Options of(boolean unknownNamesAllowed) {
            return new Options(
                    unknownNamesAllowed, Optional.empty(), SettingCheck.NONE, GeneratedPasswords.SHOWN, PlaceNames.ANY);
        }
    }

    /** As the other one, of fields alone. */
    public OrderMapping(Map<OrderField, FieldUse> uses, boolean unknownNamesAllowed) {
        this(uses, List.of(), Options.of(unknownNamesAllowed));
    }

    /**
     * Puts a mapping together.
     *
     * @param uses     fields that are not in here are not taken at all
     * @param settings parameters of the phone that orders tell
     * @throws IllegalArgumentException when a name stands for two fields, an essential field cannot be had, a default is not
     *                                  allowed, or a parameter is not known
     */
    public OrderMapping(Map<OrderField, FieldUse> uses, List<SettingUse> settings, Options options) {
        this.uses = new EnumMap<>(uses);
        this.settings = List.copyOf(settings);
        this.options = options;
        Arrays.stream(OrderField.values()).forEach(field -> rules.put(field, FieldRule.of(field)));
        this.uses.forEach(this::take);
        this.settings.forEach(this::take);
        for (OrderField essential : EnumSet.copyOf(ESSENTIAL)) {
            FieldUse use = this.uses.get(essential);
            if (use == null || !use.isSure()) {
                throw new IllegalArgumentException(
                        "'" + essential.wireName() + "' must be required or have a default: no line works without it");
            }
        }
    }

    /** The same, with what makes SIP passwords. */
    public OrderMapping withPasswords(GeneratedPasswords passwords) {
        return with(passwords, options.places());
    }

    /** The same, where only these tenants and plans are there. */
    public OrderMapping withPlaces(PlaceNames places) {
        return with(options.passwords(), places);
    }

    private OrderMapping with(GeneratedPasswords passwords, PlaceNames places) {
        return new OrderMapping(
                uses,
                settings,
                new Options(options.unknownNamesAllowed(), options.items(), options.settingCheck(), passwords, places));
    }

    /** What is wrong with the defaults of tenant and plan; empty when nothing is. */
    public Optional<String> misplaced() {
        return Stream.of(OrderField.TENANT, OrderField.PLAN)
                .flatMap(field -> defaultOf(field).filter(value -> !value.contains("${")).stream()
                        .flatMap(value -> misplaced(field, value).stream()
                                .map(allowed -> "the default of '" + field.wireName() + "' is '" + value
                                        + "', which is not allowed: " + allowed)))
                .findFirst();
    }

    /** What a tenant or plan should have been called; empty when there is one of this name, and for other fields. */
    Optional<String> misplaced(OrderField field, String name) {
        return switch (field) {
            case TENANT -> options.places().noSuchTenant(name);
            case PLAN -> options.places().noSuchPlan(name);
            default -> Optional.empty();
        };
    }

    private void take(SettingUse use) {
        if (!options.settingCheck().isKnown(use.of(1))) {
            throw new IllegalArgumentException("'" + use.parameter() + "' is not a parameter of any model");
        }
        for (String name : use.names()) {
            settingNames.add(key(name));
            if (SecretNames.looksSecret(use.parameter())) {
                secretSettingNames.add(key(name));
            }
            addPath(name);
        }
        checkReferences("'" + use.parameter() + "'", use.defaultValue());
        use.defaultValue()
                .filter(value -> !value.contains("${"))
                .flatMap(value -> options.settingCheck().complaint(use.of(1), value))
                .ifPresent(allowed -> {
                    throw new IllegalArgumentException(
                            "the default of '" + use.parameter() + "' is not allowed: " + allowed);
                });
    }

    private void addPath(String name) {
        if (MessagePath.isPath(name)) {
            paths.put(name, MessagePath.parse(name));
        }
    }

    private void checkReferences(String what, Optional<String> defaultValue) {
        defaultValue.ifPresent(value -> REFERENCE.matcher(value).results().forEach(reference -> {
            if (OrderField.find(reference.group(1)).filter(uses::containsKey).isEmpty()) {
                throw new IllegalArgumentException("the default of " + what + " names " + reference.group()
                        + ", which is no field of the mapping");
            }
        }));
    }

    private void take(OrderField field, FieldUse use) {
        if (use.names().isEmpty()) {
            throw new IllegalArgumentException("'" + field.wireName() + "' has no name");
        }
        for (String name : use.names()) {
            OrderField other = fields.putIfAbsent(key(name), field);
            if (other != null) {
                throw new IllegalArgumentException(
                        "'" + name + "' stands for both " + other.wireName() + " and " + field.wireName());
            }
            addPath(name);
        }
        if (use.generated() && field != OrderField.SIP_PASSWORD) {
            throw new IllegalArgumentException("'" + field.wireName() + "' is not made by the hub; sipPassword may be");
        }
        checkReferences("'" + field.wireName() + "'", use.defaultValue());
        use.defaultValue()
                .filter(value -> !value.contains("${"))
                .filter(value -> rule(field).canonical(value).isEmpty())
                .ifPresent(value -> {
                    throw new IllegalArgumentException("the default of '" + field.wireName() + "' is not allowed: "
                            + rule(field).allowed());
                });
    }

    /** The field that is called so, empty when none is. */
    public Optional<OrderField> field(String name) {
        return Optional.ofNullable(fields.get(key(name)));
    }

    /** What the site calls a field. */
    public String nameOf(OrderField field) {
        FieldUse use = uses.get(field);
        return use == null ? field.wireName() : use.names().get(0);
    }

    /** What a field of an item that adds a line holds where nothing is said. */
    public Optional<String> defaultOf(OrderField field) {
        return Optional.ofNullable(uses.get(field)).flatMap(FieldUse::defaultValue);
    }

    /** Whether a name stands for something. */
    public boolean knows(String name) {
        return fields.containsKey(key(name)) || settingNames.contains(key(name));
    }

    /** Names that are paths into a site's own JSON. */
    public Map<String, MessagePath> paths() {
        return Collections.unmodifiableMap(paths);
    }

    /** Where a site's own JSON has its items; empty when the whole message is one. */
    public Optional<MessagePath> items() {
        return options.items();
    }

    /** Whether lines may get SIP passwords that the hub has made. */
    public boolean generatesPasswords() {
        return uses.values().stream().anyMatch(FieldUse::generated);
    }

    /**
     * What the hub reads of what the site has written.
     *
     * @return empty when it cannot be converted
     */
    public Optional<String> converted(OrderField field, String value) {
        FieldUse use = uses.get(field);
        return use == null ? Optional.of(value) : converted(use.conversions(), value);
    }

    private static Optional<String> converted(List<Conversion> conversions, String value) {
        Optional<String> now = Optional.of(value);
        for (Conversion conversion : conversions) {
            now = now.flatMap(conversion::of).map(String::strip);
        }
        return now;
    }

    /** What a default says where fields hold these values; empty where it names one that holds none. */
    static Optional<String> filledIn(String value, Map<OrderField, String> told) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(value);
        while (matcher.find()) {
            Optional<String> other = OrderField.find(matcher.group(1)).map(told::get);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(other.get()));
        }
        return Optional.of(matcher.appendTail(text).toString());
    }

    /**
     * Whether a value of this name must never be shown: it tells a secret field, or a parameter that looks like one. A name that the
     * mapping does not know is a secret when it looks like one.
     */
    public boolean isSecret(String name) {
        return secretSettingNames.contains(key(name))
                || field(name).map(OrderField::secret).orElseGet(() -> SecretNames.looksSecret(name));
    }

    /** Whether an order may name what the mapping does not know. */
    public boolean unknownNamesAllowed() {
        return options.unknownNamesAllowed();
    }

    /** Names that are known, in the order of the fields, then those of settings alone. */
    public List<String> names() {
        return Stream.concat(
                        uses.values().stream().flatMap(use -> use.names().stream()),
                        settings.stream().flatMap(use -> use.names().stream()))
                .distinct()
                .toList();
    }

    /**
     * Checks what was written and makes it an order for a line. Blank values count as not told.
     *
     * @param named values by the site's names
     */
    public Reading read(OrderAction action, Map<String, String> named, ModelNames models) {
        return read(action, named, models, null);
    }

    /**
     * As the other one, of an item that says something already: the mask of a secret stands for what it says, and a tenant or plan that
     * it names stays allowed though it is not there any more.
     *
     * @param was what it says; null for nothing
     */
    Reading read(OrderAction action, Map<String, String> named, ModelNames models, @Nullable LineOrder was) {
        return new LineOrderReader(this, models, was).read(action, named);
    }

    /** What became of an item's values. */
    public sealed interface Reading {
        /** They are in order. */
        record Good(LineOrder order) implements Reading {}

        /** They are not, for these reasons; at least one. */
        record Bad(List<OrderProblem> problems) implements Reading {
            /** Copies the problems. */
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    FieldRule rule(OrderField field) {
        FieldRule rule = rules.get(field);
        if (rule == null) {
            throw new IllegalStateException("no rule for " + field);
        }
        return rule;
    }

    Map<OrderField, FieldUse> uses() {
        return uses;
    }

    /** Parameters of the phone that an order says; the values of those that look secret are masked. */
    public Map<String, String> settingsShown(LineOrder order) {
        Map<String, String> shown = new LinkedHashMap<>();
        OrderedSettings.of(order)
                .forEach((name, value) -> shown.put(name, SecretNames.looksSecret(name) ? OrderProblem.MASK : value));
        return shown;
    }

    List<SettingUse> settings() {
        return settings;
    }

    SettingCheck settingCheck() {
        return options.settingCheck();
    }

    GeneratedPasswords passwords() {
        return options.passwords();
    }

    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
