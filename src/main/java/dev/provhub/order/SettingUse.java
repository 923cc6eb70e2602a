package dev.provhub.order;

import java.util.List;
import java.util.Optional;

/**
 * How a site tells a parameter of the phone.
 *
 * @param parameter   its name, perhaps with {@code ${lineNumber}}
 * @param names       as of a {@link FieldUse}; a field may have the same names
 * @param required    as of a {@link FieldUse}
 * @param defaultValue as of a {@link FieldUse}
 * @param conversions as of a {@link FieldUse}
 */
public record SettingUse(
        String parameter,
        List<String> names,
        boolean required,
        Optional<String> defaultValue,
        List<Conversion> conversions) {
    private static final String LINE = "${lineNumber}";

    /** Copies the lists. */
    public SettingUse {
        names = List.copyOf(names);
        conversions = List.copyOf(conversions);
    }

    /** The parameter's name for a line, from 1. */
    String of(int lineNumber) {
        return parameter.replace(LINE, Integer.toString(lineNumber));
    }
}
