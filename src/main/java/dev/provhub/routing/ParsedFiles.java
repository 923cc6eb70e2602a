package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What files say, read once for each text that they have; not safe for several threads. */
final class ParsedFiles {
    private final Map<RouteFile, YamlNode> roots = new HashMap<>();
    private final Map<RouteFile, List<RoutePart>> parts = new HashMap<>();

    /** @throws IllegalConfigurationException when it is no YAML */
    YamlNode root(RouteFile file) {
        YamlNode known = roots.get(file);
        if (known != null) {
            return known;
        }
        YamlNode root = YamlNode.parse(file.file(), file.text());
        roots.put(file, root);
        return root;
    }

    /**
     * The pieces of a set, and forgets every file that is not of it.
     *
     * @throws IllegalConfigurationException when a file is no YAML
     */
    List<RoutePart> parts(RouteSet set) {
        Set<RouteFile> files = Set.copyOf(set.files());
        roots.keySet().retainAll(files);
        parts.keySet().retainAll(files);
        List<RoutePart> all = new ArrayList<>();
        for (RouteFile file : set.files()) {
            List<RoutePart> known = parts.get(file);
            if (known == null) {
                known = file.isGroovy() ? RouteParts.ofScript(file) : RouteParts.of(file, root(file));
                parts.put(file, known);
            }
            all.addAll(known);
        }
        return all;
    }
}
