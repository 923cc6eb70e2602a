package dev.provhub.emulator.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The map that {@code --alias} names (section 1.1): entries {@code /source/path = /flat-profile/Target ;}.
 *
 * @param targets parameter name by source path
 */
public record AliasMap(Map<String, String> targets) {
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
        Map<String, String> targets = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            String[] sides = entry.split("=", -1);
            if (sides.length != 2
                    || !sides[0].strip().startsWith("/")
                    || !sides[1].strip().startsWith(ROOT)) {
                throw new CorruptFileException("alias map entry " + (targets.size() + 1)
                        + " is not of the form /source/path = /flat-profile/Parameter");
            }
            targets.put(sides[0].strip(), sides[1].strip().substring(ROOT.length()));
        }
        return new AliasMap(targets);
    }
}
