package dev.provhub.routing;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each piece of a set says, together with all that it stands on: what differs in it has to be loaded anew. */
final class Signatures {
    private Signatures() {}

    /** By the piece's key. */
    static Map<String, String> of(List<RoutePart> parts) {
        Map<String, String> signatures = new HashMap<>();
        for (RoutePart part : parts) {
            StringBuilder text = new StringBuilder(part.text());
            closure(List.of(part), parts).forEach(other -> text.append("\n--\n").append(other.text()));
            signatures.put(part.key(), text.toString());
        }
        return signatures;
    }

    /** The shared pieces that these name, and those that these name in turn. */
    static Set<RoutePart> closure(Collection<RoutePart> from, List<RoutePart> parts) {
        List<RoutePart> shared = parts.stream().filter(RoutePart::isShared).toList();
        Set<RoutePart> reached = new LinkedHashSet<>();
        Deque<RoutePart> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            RoutePart next = open.pop();
            for (RoutePart other : shared) {
                if (!other.equals(next) && !reached.contains(other) && next.mentions(other)) {
                    reached.add(other);
                    open.add(other);
                }
            }
        }
        return reached;
    }
}
