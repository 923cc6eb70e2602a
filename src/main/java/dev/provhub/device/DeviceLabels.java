package dev.provhub.device;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Words that people give to devices, so as to find them again. They are beside the device: nothing that a phone is given depends
 * on them. Thread-safe. Changes belong into the unit of work that holds the device, see {@link DeviceRepository#change}.
 */
public interface DeviceLabels {
    /** How many a device may have. */
    int MOST = 32;

    /** What a label is. */
    Pattern WORD = Pattern.compile("[a-z0-9._-]{1,63}");

    /** Those of some devices; a device without labels is not in the map. */
    Map<MacAddress, Set<String>> of(Collection<MacAddress> devices);

    /** Those of a device. */
    default Set<String> of(MacAddress mac) {
        return of(Set.of(mac)).getOrDefault(mac, Set.of());
    }

    /** Makes a device, which must be there, have just these. */
    void replace(MacAddress mac, Set<String> labels);

    /**
     * Gives and takes labels; those of {@code add} that a device has already, of {@code remove} that it has not, and devices that are
     * not there do not matter.
     *
     * @return how many devices have other labels now
     */
    int change(Collection<MacAddress> devices, Set<String> add, Set<String> remove);

    /**
     * The labels, in order.
     *
     * @throws IllegalArgumentException when one is no label, or there are too many; the message says what is allowed
     */
    static Set<String> checked(Collection<String> labels) {
        Set<String> checked = new TreeSet<>(labels);
        for (String label : checked) {
            if (!WORD.matcher(label).matches()) {
                throw new IllegalArgumentException(
                        "label '" + label + "' is not allowed: 1 to 63 characters of a-z, 0-9, '.', '_' and '-'");
            }
        }
        if (checked.size() > MOST) {
            throw new IllegalArgumentException("a device may have " + MOST + " labels, not " + checked.size());
        }
        return checked;
    }
}
