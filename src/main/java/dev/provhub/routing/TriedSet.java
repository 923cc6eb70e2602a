package dev.provhub.routing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was seen of a set that could be loaded: of the next one only what differs has to be loaded, as long as nothing is gone on which
 * the rest may stand.
 *
 * @param signatures of its pieces, by key
 * @param routes     that were made of it, by id
 */
record TriedSet(Map<String, String> signatures, Map<String, Made> routes) {
    /** The key of a piece that is not known. */
    static final String NOBODY = "";

    /**
     * A route that was made.
     *
     * @param part     the key of the piece, {@link #NOBODY} for what a kamelet or a template has made
     * @param endpoint the key of what it takes from
     * @param uri      of that
     */
    record Made(String part, String endpoint, String uri) {}

    TriedSet {
        signatures = Map.copyOf(signatures);
    }

    /** The pieces of a set that differ, when these can be loaded without the rest; else all. */
    Set<RoutePart> differing(List<RoutePart> parts, Map<String, String> now) {
        boolean isWhole = !now.keySet().containsAll(signatures.keySet())
                || routes.values().stream().anyMatch(route -> route.part().equals(NOBODY));
        Set<RoutePart> differing = new LinkedHashSet<>();
        for (RoutePart part : parts) {
            if (isWhole || !Objects.equals(now.get(part.key()), signatures.get(part.key()))) {
                differing.add(part);
            }
        }
        return differing;
    }

    /** The routes of all other pieces. */
    Map<String, Made> without(Set<RoutePart> differing) {
        Set<String> keys = new HashSet<>();
        differing.forEach(part -> keys.add(part.key()));
        Map<String, Made> rest = new LinkedHashMap<>(routes);
        rest.values().removeIf(route -> keys.contains(route.part()));
        return rest;
    }

    /** Whether a set in which these routes have been made has all that could be called in this one, and each but once. */
    boolean isKeptBy(Map<String, Made> made, Map<String, Made> rest) {
        Set<String> endpoints = new HashSet<>();
        made.values().forEach(route -> endpoints.add(route.endpoint()));
        rest.values().forEach(route -> endpoints.add(route.endpoint()));
        return made.keySet().stream().noneMatch(rest::containsKey)
                && routes.values().stream().map(Made::endpoint).allMatch(endpoints::contains);
    }
}
