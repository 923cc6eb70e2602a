package dev.provhub.emulator.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The map that {@code --alias} names (section 1.1): entries {@code /source/path = /flat-profile/Target ;}.
 *
 * @param targets parameter names by source path, in order: one source may fill several
 */
public record AliasMap(Map<String, List<String>> targets) {
    /** Maps nothing. */
    public static final AliasMap NONE = new AliasMap(Map.of());

    private static final String ROOT = "/flat-profile/";

    /** Copies the map. */
    public AliasMap {
        targets = Map.copyOf(targets);
    }

    /**
     * Reads what a general-purpose parameter holds.
     *
     * @throws CorruptFileException when an entry is not of its form
     */
    public static AliasMap parse(String text) throws CorruptFileException {
        Map<String, List<String>> targets = new LinkedHashMap<>();
        int entries = 0;
        for (String entry : text.split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            String[] sides = entry.split("=", -1);
            if (sides.length != 2
                    || !sides[0].strip().startsWith("/")
                    || !sides[1].strip().startsWith(ROOT)) {
                throw new CorruptFileException("alias map entry " + (entries + 1)
                        + " is not of the form /source/path = /flat-profile/Parameter");
            }
            targets.computeIfAbsent(sides[0].strip(), source -> new ArrayList<>())
                    .add(sides[1].strip().substring(ROOT.length()));
            entries++;
        }
        return new AliasMap(targets);
    }
}
