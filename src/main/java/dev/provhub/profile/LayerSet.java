package dev.provhub.profile;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The layers of a site and the files they were read from.
 *
 * @param files text by path below the folder of the layers, e.g. {@code plan/office.yaml}
 */
public record LayerSet(Layers layers, Map<String, String> files) {
    /** Copies the map. */
    public LayerSet {
        files = Map.copyOf(files);
    }

    /** Changes when any file does. */
    public String digest() {
        Fingerprint print = new Fingerprint();
        new TreeMap<>(files).forEach((path, text) -> print.add(path).add(text));
        return print.hex();
    }

    /** Paths of the files that differ, are new or are gone. */
    public TreeSet<String> differencesTo(LayerSet other) {
        TreeSet<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(other.files.keySet());
        paths.removeIf(path -> String.valueOf(files.get(path)).equals(String.valueOf(other.files.get(path))));
        return paths;
    }
}
