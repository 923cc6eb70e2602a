package dev.provhub.order;

import java.util.List;
import java.util.Optional;

/**
 * How a site uses a field.
 *
 * @param names        what it is called there; at least one, the first is used in messages and exports
 * @param required     whether an item that adds a line must have it
 * @param defaultValue what an item that adds a line has where nothing is said, perhaps with {@code ${field}} for what another field
 *                     says; empty for nothing
 * @param conversions  from what the site writes to what the hub reads, first to last
 * @param generated    whether the hub makes a value where an item that adds a line says none
 */
public record FieldUse(
        List<String> names,
        boolean required,
        Optional<String> defaultValue,
        List<Conversion> conversions,
        boolean generated) {
    /** Copies the lists. */
    public FieldUse {
        names = List.copyOf(names);
        conversions = List.copyOf(conversions);
    }

    /** Whether an item that adds a line has it in any case. */
    boolean isSure() {
        return required || defaultValue.isPresent() || generated;
    }
}
