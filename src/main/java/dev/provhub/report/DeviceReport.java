package dev.provhub.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of itself (device protocol, section 8).
 *
 * @param kind    how much it says
 * @param entries as they stand in it; a dump has some names more than once
 * @param cut     where reading ended early because it is not well-formed there; null when it was read to its end
 */
public record DeviceReport(
        Kind kind, List<Entry> entries, @Nullable String cut) {
    /** Copies the list. */
    public DeviceReport {
        entries = List.copyOf(entries);
    }

    /** How much a report says. */
    public enum Kind {
        /** Every parameter. */
        FULL,
        /** What was changed since the last resync, reboot or upgrade. */
        DELTA,
        /** No parameters, but how the device stands. */
        STATUS;

        /** As it is written in files, answers and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One element.
     *
     * @param name  sections joined by {@code /}
     * @param group where a dump says that it stands, e.g. {@code Info/Ext_1_Status}; empty elsewhere
     */
    public record Entry(String name, String group, String text) {
        /** Leaves the text out. */
        @Override
        public String toString() {
            return "Entry[" + group + " " + name + "]";
        }
    }

    /** Parameters by name, without what a dump says of the device's state; of a name that stands twice the last. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        for (Entry entry : entries) {
            if (!entry.group().startsWith("Info")) {
                parameters.put(entry.name(), entry.text());
            }
        }
        return parameters;
    }

    /** The last value of a name, wherever it stands. */
    public Optional<String> find(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::text)
                .reduce((first, last) -> last);
    }

    /** The same with each entry changed, or left out. */
    public DeviceReport with(java.util.function.Function<Entry, Optional<Entry>> change) {
        return new DeviceReport(
                kind,
                entries.stream().flatMap(entry -> change.apply(entry).stream()).toList(),
                cut);
    }
}
