package dev.provhub.order;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** A name that the mapping does not know is taken for a secret when it looks like one. */
    private static final Pattern LOOKS_SECRET =
            Pattern.compile("pass|secret|pin$|token|credential", Pattern.CASE_INSENSITIVE);

    private final Map<String, OrderField> fields = new LinkedHashMap<>();
    private final Map<OrderField, FieldUse> uses;
    private final Map<OrderField, FieldRule> rules = new EnumMap<>(OrderField.class);
    private final boolean unknownNamesAllowed;

    /**
     * How a site uses a field.
     *
     * @param names        what it is called there; at least one, the first is used in messages and exports
     * @param required     whether an item that adds a line must have it
     * @param defaultValue what an item that adds a line has where nothing is said; empty for nothing
     */
    public record FieldUse(List<String> names, boolean required, Optional<String> defaultValue) {
        /** Copies the names. */
        public FieldUse {
            names = List.copyOf(names);
        }
    }

    /**
     * Puts a mapping together.
     *
     * @param uses                fields that are not in here are not taken at all
     * @param unknownNamesAllowed whether an order may name what is not in here; it has no effect then
     * @throws IllegalArgumentException when a name stands for two fields, an essential field cannot be had, or a default is
     *                                  not allowed
     */
    public OrderMapping(Map<OrderField, FieldUse> uses, boolean unknownNamesAllowed) {
        this.uses = new EnumMap<>(uses);
        this.unknownNamesAllowed = unknownNamesAllowed;
        Arrays.stream(OrderField.values()).forEach(field -> rules.put(field, FieldRule.of(field)));
        this.uses.forEach(this::take);
        for (OrderField essential : EnumSet.copyOf(ESSENTIAL)) {
            FieldUse use = this.uses.get(essential);
            if (use == null || !(use.required() || use.defaultValue().isPresent())) {
                throw new IllegalArgumentException(
                        "'" + essential.wireName() + "' must be required or have a default: no line works without it");
            }
        }
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
        }
        use.defaultValue()
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

    /** Whether a value of this name must never be shown. */
    public boolean isSecret(String name) {
        return field(name)
                .map(OrderField::secret)
                .orElse(LOOKS_SECRET.matcher(name).find());
    }

    /** Whether an order may name what the mapping does not know. */
    public boolean unknownNamesAllowed() {
        return unknownNamesAllowed;
    }

    /** Names that are known, in the order of the fields. */
    public List<String> names() {
        return uses.values().stream().flatMap(use -> use.names().stream()).toList();
    }

    /**
     * Checks what was written and makes it an order for a line. Blank values count as not told.
     *
     * @param named values by the site's names
     */
    public Reading read(OrderAction action, Map<String, String> named, ModelNames models) {
        return new LineOrderReader(this, models).read(action, named);
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

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
